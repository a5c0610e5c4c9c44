// What a person perceives of this document, in one call. Put into every document before its own
// scripts run. `look()` returns JSON in the shape of runner/page.py; `element(id)` gives an element
// of the last look; `stamp()` says how long the page has been still.
(() => {
  if (window.__authwright) return;
  const documentNumber = Math.round(performance.timeOrigin * 1000) % 1e9;
  let changes = 0, changedAt = performance.now();
  const changed = () => { changes += 1; changedAt = performance.now(); };
  const watch = (root) => new MutationObserver(changed).observe(root, {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ['hidden', 'disabled', 'class', 'style', 'aria-hidden', 'aria-busy', 'aria-expanded', 'open', 'readonly'],
  });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    watch(root);
    return root;
  };

  const CONTROLS = 'input:not([type=hidden]),select,textarea,button,a[href],summary,[contenteditable=""],[contenteditable=true],[onclick],'
    + ['button', 'link', 'checkbox', 'radio', 'switch', 'combobox', 'textbox', 'searchbox', 'option', 'menuitem', 'menuitemradio',
      'menuitemcheckbox', 'tab', 'treeitem', 'spinbutton'].map((r) => `[role=${r}]`).join(',');
  const HEADINGS = 'h1,h2,h3,h4,h5,h6,legend,caption,[role=heading]';
  const squash = (s) => (s || '').replace(/\s+/g, ' ').trim();
  const ids = new WeakMap();
  let lastId = 0, elements = new Map();
  const number = (el) => { if (!ids.has(el)) ids.set(el, ++lastId); return ids.get(el); };
  const remember = (el) => { const id = number(el); elements.set(id, el); return String(id); };
  const parent = (el) => el.assignedSlot || el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const up = (el, test) => { for (let n = el; n; n = parent(n)) if (test(n)) return n; return null; };
  const byId = (el, id) => { const root = el.getRootNode(); return (root.getElementById && root.getElementById(id)) || document.getElementById(id); };

  const visible = (el) => {
    if (!el.checkVisibility || !el.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const r = el.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && r.right + scrollX > 0 && r.bottom + scrollY > 0;
  };
  const box = (r) => ({ left: r.left + scrollX, top: r.top + scrollY, width: r.width, height: r.height });

  // The text of an element without that of the controls in it (a label around a select).
  // A word of its own that says "required" is the star of a label, not a part of it.
  const SAYS_REQUIRED = /^\(?required\)?$/i;
  const ownText = (el, whole) => {
    let out = '';
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === 3) out += child.data;
        else if (child.nodeType === 1) {
          if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE'].includes(child.tagName)) continue;
          if (!whole && child.matches('input,select,textarea,button')) continue;
          if (child.tagName === 'svg') out += ' ' + (child.getAttribute('aria-label') || (child.querySelector(':scope > title') || {}).textContent || '') + ' ';
          else if (child.tagName === 'IMG' || child.getAttribute('role') === 'img') out += ' ' + (child.getAttribute('alt') || child.getAttribute('aria-label') || '') + ' ';
          else if (child.checkVisibility && !child.checkVisibility({ visibilityProperty: true })) continue;
          else if (!whole && SAYS_REQUIRED.test(squash(child.textContent))) out += ' * ';
          else { out += ' '; walk(child); out += ' '; }
        }
      }
    };
    walk(el);
    if (el.shadowRoot) walk(el.shadowRoot);
    return squash(out);
  };

  // Libraries keep a drop-down's focus in a field of which nothing is seen: what is seen is the box around it.
  const transparent = (el) => getComputedStyle(el).opacity === '0';
  const typedInto = (el) => !el.readOnly && !transparent(el);
  const isComboField = (el) => el.tagName === 'INPUT' && el.getAttribute('role') === 'combobox';
  const shownIn = (el) => {
    const walker = document.createTreeWalker(el, NodeFilter.SHOW_TEXT), words = [];
    const chip = (n) => { for (; n && n !== el; n = n.parentElement) if (n.querySelector('button,svg,[role=button],[role=img]')) return true; return false; };
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.parentElement;
      if (squash(node.data) && visible(at) && !chip(at) && !at.closest('button,[role=option],[role=listbox]')) words.push(node.data);
    }
    return squash(words.join(' '));
  };
  const chosenIn = (el) => {
    for (let n = el.parentElement, level = 0; n && level < 4; n = n.parentElement, level += 1) {
      if (n.querySelectorAll(FIELDS).length > 1 || n.querySelector('label,legend,' + HEADINGS) || n.getBoundingClientRect().height > 90) return '';
      const words = shownIn(n);
      if (words) return words;
    }
    return '';
  };

  const kindOf = (el) => {
    const tag = el.tagName, role = el.getAttribute('role'), type = (el.getAttribute('type') || '').toLowerCase();
    if (tag === 'INPUT') {
      if (['submit', 'button', 'image', 'reset'].includes(type)) return 'button';
      if (['checkbox', 'radio', 'file', 'password'].includes(type)) return type;
      if (type === 'date') return 'date';
      if (role === 'combobox' && !typedInto(el)) return 'dropdown';
      if (role === 'combobox' || el.hasAttribute('aria-autocomplete') || el.hasAttribute('list')) return 'typeahead';
      return 'text';
    }
    if (tag === 'TEXTAREA') return 'text';
    if (tag === 'SELECT') return 'select';
    if (role === 'checkbox' || role === 'switch') return 'checkbox';
    if (role === 'radio') return 'radio';
    if (role === 'option') return 'option';
    if (role === 'tab') return 'tab';
    if (role === 'combobox') return el.querySelector('input') ? null : 'dropdown';
    if (/^menuitem/.test(role || '') || role === 'treeitem') return 'menu';
    if (el.isContentEditable && (el.hasAttribute('contenteditable') || role === 'textbox')) return 'editor';
    if (el.getAttribute('aria-haspopup') === 'listbox') return 'dropdown';
    if (role === 'link' || (tag === 'A' && role !== 'button')) return 'link';
    return 'button';
  };

  const referenced = (el, attribute) => squash((el.getAttribute(attribute) || '').split(/\s+/).filter(Boolean)
    .map((id) => byId(el, id)).filter(Boolean).map((n) => (n === el ? '' : ownText(n, true))).join(' '));

  const columnHeader = (el) => {
    const cell = up(el, (n) => n.tagName === 'TD' || n.getAttribute('role') === 'gridcell' || n.getAttribute('role') === 'cell');
    const table = cell && cell.tagName === 'TD' && cell.closest('table');
    if (!table) return '';
    const head = [...table.rows].find((r) => r.cells.length && [...r.cells].every((c) => c.tagName === 'TH'));
    return head && head !== cell.parentElement && head.cells[cell.cellIndex] ? ownText(head.cells[cell.cellIndex], true) : '';
  };

  // Month, day and year in boxes of their own are one field: the smallest element around the three.
  const MASKS = { M: /^mm?$|^month$/i, D: /^dd?$|^day$/i, Y: /^yy(yy)?$|^year$/i };
  const maskOf = (el) => {
    const words = [el.getAttribute('placeholder'), el.getAttribute('aria-label'), el.getAttribute('title')].map(squash);
    return Object.keys(MASKS).find((k) => words.some((w) => MASKS[k].test(w))) || '';
  };
  const datePartsOf = (el) => {
    if (el.tagName !== 'INPUT' || !maskOf(el)) return null;
    const box = up(parent(el), (n) => n.querySelectorAll && n.querySelectorAll(FIELDS).length > 1);
    const parts = box ? [...box.querySelectorAll(FIELDS)] : [];
    return parts.length === 3 && new Set(parts.map(maskOf).filter(Boolean)).size === 3 ? { box, parts } : null;
  };
  const FORMS = { M: 'MM', D: 'DD', Y: 'YYYY' };
  const partsIn = (box) => [...box.querySelectorAll('input')];

  // The words before a control in its own box: it is the next control after them. Found by the order in
  // the document, so that words in several spans, or far away on the screen, still belong to it.
  const FIELDS = 'input:not([type=hidden]):not([type=submit]):not([type=button]),select,textarea,[role=combobox],[contenteditable=true]';
  const ENDS_BOX = 'tr,table,ul,ol,form,fieldset,section,dialog,[role=dialog],body';
  const inline = (n) => n.nodeType === 3 || getComputedStyle(n).display.startsWith('inline');
  const CHIP = /[×✕✖✗⨯]|\b(remove|delete|clear)\b/i; // what was chosen, and a way to take it back: no part of a label
  const ownLabel = (n) => {
    const text = n.nodeType === 3 ? n.data : n.matches('script,style') || headingOf(n) ? '' : SAYS_REQUIRED.test(squash(n.textContent)) ? '*' : ownText(n);
    return CHIP.test(text) || (n.nodeType === 1 && [...n.querySelectorAll('button,[role=button]')].some((b) => CHIP.test(b.getAttribute('aria-label') || ownText(b, true)))) ? '' : text;
  };
  const wordsBefore = (child, el) => {
    const words = [];
    for (let n = child.previousSibling; n; n = n.previousSibling) {
      if (n.nodeType !== 3 && n.nodeType !== 1) continue;
      if (n.nodeType === 1 && (n.matches(FIELDS) || n.querySelector(FIELDS) || n.matches('button,[role=button]') || (n.control && n.control !== el))) return [words, true];
      if (n.tagName === 'BR' || !inline(n)) {
        if (words.some((w) => /\w/.test(w))) break;
        const own = ownLabel(n);
        if (/\w/.test(own)) return [[own], true];
        continue;
      }
      words.unshift(ownLabel(n));
    }
    return [words, false];
  };
  const boxLabel = (el) => {
    for (let child = el, level = 0; child && level < 5 && !child.matches(ENDS_BOX); child = child.parentElement, level += 1) {
      if ([...child.querySelectorAll(FIELDS)].some((f) => f !== el && !el.contains(f))) return '';
      const [words, ended] = wordsBefore(child, el);
      const text = squash(words.join(' '));
      if (/\w/.test(text)) return text.length < 80 ? text : '';
      if (ended) return '';
    }
    return '';
  };

  // What an icon without a word shows, by the names that icon fonts and sprites give it.
  const ICONS = {
    Search: 'search magnifying magnify 🔍 🔎', Edit: 'edit pencil pen ✎ ✏', Delete: 'delete trash bin 🗑', Add: 'add plus ➕',
    Attach: 'attach attachment paperclip 📎', Calendar: 'calendar 📅 📆', Print: 'print printer 🖨', Download: 'download', Upload: 'upload',
    Menu: 'menu bars hamburger ☰', More: 'ellipsis kebab ⋮ …', Filter: 'filter funnel', View: 'view eye 👁',
  };
  const ICON_CLASS = /^(fa|bi|glyphicon|icon|mdi|ti|pi|ri|lucide|feather)-/;
  const fileName = (address) => (address || '').split(/[#/]/).pop();
  const iconWords = (el) => {
    const names = [el, ...el.querySelectorAll('*')].flatMap((n) => [
      ...[...n.classList].filter((c) => ICON_CLASS.test(c)), n.matches('use') ? fileName(n.getAttribute('href') || n.getAttribute('xlink:href')) : '',
    ]);
    const parts = new Set([ownText(el, true).replace(/\uFE0F/g, ''), ...names.flatMap((n) => n.toLowerCase().split(/[-_.]/))]);
    const shown = Object.keys(ICONS).filter((word) => ICONS[word].split(' ').some((sign) => parts.has(sign)));
    return shown.length === 1 ? shown[0] : '';
  };

  // The one other field in the smallest box around a field, when nobody sees it: the seen one stands for it.
  const standsFor = (el) => {
    const around = up(parent(el), (n) => n.querySelectorAll && n.querySelectorAll(FIELDS).length > 1);
    const two = around ? [...around.querySelectorAll(FIELDS)] : [];
    const other = two.length === 2 && two.find((f) => f !== el);
    return other && !['file', 'checkbox', 'radio'].includes(other.type) && !visible(other) ? other : null;
  };
  const labelsBound = (el) => {
    if (!el.matches(FIELDS) || (el.labels && el.labels.length)) return [...(el.labels || [])];
    const other = standsFor(el);
    return other ? [...(other.labels || [])].filter(visible) : [];
  };
  const labelsOf = (el, kind) => {
    const found = [];
    const add = (text, tie) => { text = squash(text); if (text && !found.some((f) => f.text === text)) found.push({ text, tie }); };
    add(referenced(el, 'aria-labelledby'), 'label');
    for (const label of labelsBound(el)) add(ownText(label), 'label');
    add(el.getAttribute('aria-label'), 'aria');
    if (['button', 'link', 'tab', 'menu', 'option'].includes(kind)) {
      add(el.tagName === 'INPUT' ? (el.value || el.alt || (el.type === 'submit' ? 'Submit' : '')) : ownText(el, true), 'text');
    }
    if (['checkbox', 'radio'].includes(kind) && el.tagName !== 'INPUT') add(ownText(el, true), 'label');
    if (['checkbox', 'radio'].includes(kind)) {
      const group = up(parent(el), (n) => n.tagName === 'FIELDSET' || ['radiogroup', 'group'].includes(n.getAttribute('role')));
      const named = group ? null : up(parent(el), (n) => n.id && document.querySelector(`label[for="${CSS.escape(n.id)}"]`));
      if (named) add(ownText(document.querySelector(`label[for="${CSS.escape(named.id)}"]`)), 'legend');
      if (group) {
        const legend = group.querySelector(':scope > legend');
        add(legend ? ownText(legend) : referenced(group, 'aria-labelledby') || group.getAttribute('aria-label'), 'legend');
      }
    }
    if (['text', 'password', 'date', 'dateparts', 'typeahead', 'select', 'dropdown', 'checkbox', 'radio', 'editor'].includes(kind)) add(columnHeader(el), 'column');
    const bound = found.some((f) => f.tie === 'label');
    if (!bound && ['text', 'password', 'date', 'dateparts', 'typeahead', 'select', 'dropdown', 'editor'].includes(kind)) add(boxLabel(el), 'box');
    add(el.getAttribute('placeholder') || el.getAttribute('data-placeholder'), 'placeholder');
    add(el.getAttribute('title'), 'title');
    if (['button', 'link', 'tab', 'menu'].includes(kind) && !found.some((f) => /\p{L}/u.test(f.text))) add(iconWords(el), 'icon');
    return found;
  };

  // Headings above an element: at each level around it, the nearest before it that is still open.
  let headingCache;
  const levelOf = (el) => +(el.tagName.match(/^H(\d)$/) || [0, el.getAttribute('aria-level') || 7])[1];
  // Words on a line of their own that look like a heading: bold, large, or light on a dark bar.
  const lightness = (colour) => { const [r, g, b, a = 1] = (colour.match(/[\d.]+/g) || []).map(Number); return a < 0.5 ? 255 : 0.3 * r + 0.6 * g + 0.1 * b; };
  const standsOut = (el) => {
    if (!squash(el.textContent) || getComputedStyle(el).display.startsWith('inline') || /[:*]\s*$/.test(el.textContent)) return false;
    let inner = el, onBar = false;
    const look = () => { onBar = onBar || lightness(getComputedStyle(inner).backgroundColor) < 128; };
    for (look(); inner.childElementCount === 1 && ![...inner.childNodes].some((n) => n.nodeType === 3 && squash(n.data)); look()) inner = inner.firstElementChild;
    if (inner.childElementCount) return false;
    const style = getComputedStyle(inner), base = parseFloat(getComputedStyle(document.body).fontSize) || 16;
    return parseInt(style.fontWeight, 10) >= 600 || parseFloat(style.fontSize) >= base * 1.15 || (onBar && lightness(style.color) > 180);
  };
  // A label of nothing stands over the block that follows it when each of several fields there has one of its own.
  const namesBlock = (el) => {
    const label = el.matches('label') ? el : el.querySelector('label'), block = el.nextElementSibling;
    if (!label || label.control || !block || squash(label.textContent) !== squash(el.textContent)) return false;
    const fields = [...block.querySelectorAll(FIELDS)];
    return fields.length > 1 && fields.every((f) => (f.labels && f.labels.length) || f.hasAttribute('aria-labelledby') || f.hasAttribute('aria-label'));
  };
  const headingOf = (el) => {
    if (headingCache.has(el)) return headingCache.get(el);
    let found = null;
    if (el.matches(HEADINGS)) found = { text: ownText(el, true), level: levelOf(el) };
    else if (el.tagName === 'SUMMARY') found = { text: ownText(el, true), level: levelOf(el.querySelector(HEADINGS) || el) };
    else if (namesBlock(el)) found = { text: ownText(el, true), level: 7, next: true };
    else if (el.matches('label,a,td,th,dt,dd,' + CONTROLS) || (el.matches('tr,tbody,thead') && el.querySelectorAll('td,th').length !== 1)) found = null;
    else if (!el.querySelector(CONTROLS)) {
      const inner = el.querySelector(HEADINGS);
      if (inner) found = visible(inner) ? headingOf(inner) : null;
      else if (el.textContent.length < 80 && standsOut(el)) found = { text: squash(el.textContent), level: 7 };
    } else if (el.tagName === 'HEADER' || el.matches('.card-header,.panel-heading')) {
      const inner = el.querySelector(HEADINGS);
      if (inner) found = headingOf(inner);
    }
    if (found && (!found.text || !visible(el))) found = null;
    headingCache.set(el, found);
    return found;
  };
  let chainCache;
  // Headings that hold for everything inside `container` because of where the container stands.
  const headingsAround = (el) => {
    if (chainCache.has(el)) return chainCache.get(el);
    const above = parent(el);
    const outer = above ? headingsAround(above) : [];
    const mine = [];
    let level = Infinity;
    if (above && above !== document.body.parentElement) {
      for (let s = el.previousElementSibling; s; s = s.previousElementSibling) {
        const h = headingOf(s);
        if (h && h.level < level && h.text && (!h.next || s === el.previousElementSibling)) { mine.unshift(h.text); level = h.level; }
      }
    }
    const name = (el.matches('fieldset,section,form,[role=group],[role=region],[role=dialog],[role=tabpanel]') && (referenced(el, 'aria-labelledby') || squash(el.getAttribute('aria-label')))) || '';
    const chain = [...outer, ...mine];
    if (name && chain[chain.length - 1] !== name) chain.push(name);
    chainCache.set(el, chain);
    return chain;
  };
  // A star beside the label says "required"; the one of a group of boxes says it of the group only.
  const starred = (labels, kind) => labels.some((l) => ['label', 'box', kind === 'radio' ? 'legend' : ''].includes(l.tie) && /^\s*\*|\*\s*:?\s*$/.test(l.text));
  const groupOf = (el) => {
    if (el.name) return `${number(el.form || document.body)}#${el.name}`;
    const group = up(el, (n) => n.getAttribute('role') === 'radiogroup' || n.tagName === 'FIELDSET');
    return group ? `${number(group)}` : '';
  };
  const groupRequired = (el, kind) => kind === 'radio' && !!up(el, (n) => n.getAttribute('role') === 'radiogroup' && n.getAttribute('aria-required') === 'true');
  const pathOf = (el) => { const path = []; for (let n = parent(el); n; n = parent(n)) path.unshift(number(n)); return path; };

  // A window that the page only draws: fixed, or placed over a good part of the page so that controls
  // outside of it can't be reached. Lists that drop down hold no field.
  const liesOver = (n, all) => {
    const position = getComputedStyle(n).position;
    if (position === 'fixed') return !!n.querySelector('button,[role=button],a[href],' + FIELDS);
    if (position !== 'absolute' || !n.querySelector(FIELDS)) return false;
    const r = n.getBoundingClientRect();
    if (r.width * r.height < innerWidth * innerHeight / 4) return false;
    return all.some((el) => {
      if (!el.matches(FIELDS) || n.contains(el) || !visible(el)) return false;
      const b = el.getBoundingClientRect(), hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
      return !!hit && n.contains(hit);
    });
  };

  // A veil over the whole page keeps a hand from it: what can still be reached is the window, drawn beside it.
  const windowOverVeil = (veil, all) => {
    const r = veil.getBoundingClientRect();
    if (getComputedStyle(veil).position !== 'fixed' || r.width < innerWidth * 0.95 || r.height < innerHeight * 0.95) return null;
    return all.find((el) => {
      if (!['fixed', 'absolute'].includes(getComputedStyle(el).position) || el === veil || !el.querySelector('button,[role=button],a[href],' + FIELDS) || !visible(el)) return false;
      const b = el.getBoundingClientRect(), hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
      return !!hit && el.contains(hit);
    }) || null;
  };

  // A window's own name: what the markup says, else a heading in it, else its first words when they look like one.
  const titleOf = (d) => {
    const said = referenced(d, 'aria-labelledby') || squash(d.getAttribute('aria-label')) || squash((d.querySelector(HEADINGS) || {}).innerText);
    const standing = said ? null : [...d.querySelectorAll('*')].find((n) => squash(n.textContent) && !n.querySelector('*') && visible(n) && !n.closest(CONTROLS));
    return said || (standing && standing.textContent.length < 80 && standsOut(standing) ? squash(standing.textContent) : '');
  };

  const dialogsNow = (all) => {
    const open = all.filter((el) => (el.matches('dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]')) && visible(el));
    const centre = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const overlay = centre && (up(centre, (n) => n !== document.body && n.querySelector && liesOver(n, all)) || windowOverVeil(centre, all));
    if (overlay && !open.some((d) => overlay.contains(d) || d.contains(overlay))) open.push(overlay);
    return open.filter((el) => !open.some((d) => d !== el && d.contains(el)));
  };

  const everything = () => {
    const out = [];
    const walk = (root) => {
      for (const el of root.querySelectorAll('*')) {
        out.push(el);
        if (el.shadowRoot) walk(el.shadowRoot);
      }
    };
    walk(document);
    return out;
  };

  const valueOf = (el, kind) => {
    if (kind === 'select') return [...el.selectedOptions].map((o) => squash(o.label)).join('; ');
    if (isComboField(el)) return el.value || (typedInto(el) ? '' : chosenIn(el));
    if (kind === 'dropdown') return el.tagName === 'INPUT' ? el.value : ownText(el, true);
    if (kind === 'editor') return el.innerText.trim();
    if (kind === 'dateparts') return partsIn(el).some((p) => p.value) ? partsIn(el).map((p) => p.value).join('/') : '';
    if (kind === 'file') return [...(el.files || [])].map((f) => f.name).join('; ');
    if (kind === 'checkbox' || kind === 'radio') return el.tagName === 'INPUT' ? el.value : '';
    const kept = kind === 'text' && el.value && standsFor(el);
    if (kept && kept.type === 'date' && kept.getClientRects().length) return kept.value; // what the page keeps
    return 'value' in el && typeof el.value === 'string' && kind !== 'button' ? el.value : '';
  };

  // What calls itself a CAPTCHA, by its title, name, class, picture text or address, and holds something to
  // answer. A badge that asks nothing is none. Of a CAPTCHA in a frame only the frame itself counts: the
  // frame's own document is there while nobody sees it, too.
  const CAPTCHA = /captcha|turnstile|funcaptcha|arkose|\bnot a robot\b|\bare (a )?human\b/i;
  const ASKS_NOTHING = '.grecaptcha-badge,[data-size=invisible]';
  const ANSWERABLE = 'input:not([type=hidden]),textarea,img,canvas,svg,iframe,[role=checkbox]';
  const callsItselfCaptcha = (el) => {
    const names = ['id', 'class', 'name', 'title', 'aria-label', 'alt'].map((a) => el.getAttribute(a));
    if (el.tagName === 'IFRAME' || el.tagName === 'IMG') names.push(el.getAttribute('src'));
    return names.some((n) => n && CAPTCHA.test(n));
  };
  const captchasNow = (all) => {
    if (window !== window.top && CAPTCHA.test(location.href)) return [];
    const named = all.filter((el) => el !== document.documentElement && el !== document.body && callsItselfCaptcha(el)
      && !el.closest(ASKS_NOTHING) && !/size=invisible/.test(el.getAttribute('src') || '')
      && (el.matches(ANSWERABLE) || el.querySelector(ANSWERABLE)) && visible(el));
    const response = all.some((el) => el.matches('input,textarea') && /(captcha|turnstile)[-_]response/i.test(el.name) && el.value);
    return named.filter((el) => !named.some((n) => n !== el && n.contains(el))).map((el) => ({
      id: remember(el), words: squash(el.getAttribute('title') || el.getAttribute('aria-label') || el.getAttribute('alt') || ownText(el, true)),
      solved: response || !!el.querySelector('[aria-checked=true],input[type=checkbox]:checked'),
    }));
  };

  // A list that scrolls, and of whose height its rows fill less than half, draws only those in view. Rows
  // without a word are there to fill it.
  const drawsInView = (el, rows) => {
    const scrolls = (n) => n.scrollHeight > n.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(n).overflowY);
    const around = up(el, scrolls), frame = around || [...el.querySelectorAll('*')].find(scrolls);
    const drawn = rows.filter((r) => squash(r.innerText)).reduce((sum, r) => sum + r.getBoundingClientRect().height, 0);
    return !!frame && drawn < (around && around !== el ? el.scrollHeight : frame.scrollHeight) / 2;
  };

  // Of a text box beside a date field that nobody sees, the unseen one is what the page keeps.
  const keptBeside = (el) => {
    const around = up(parent(el), (n) => n.querySelectorAll && n.querySelectorAll(FIELDS).length > 1);
    const two = around ? [...around.querySelectorAll(FIELDS)] : [];
    const other = two.length === 2 && two.find((f) => f !== el);
    return other && other.type === 'date' && other.getClientRects().length && !visible(other) ? other : null;
  };

  const look = () => {
    elements = new Map(); headingCache = new WeakMap(); chainCache = new WeakMap();
    const all = everything(), dialogs = dialogsNow(all), controls = [], texts = [], taken = new Set();
    const dialogOf = (el) => { const d = up(el, (n) => dialogs.includes(n)); return d ? number(d) : 0; };
    const addControl = (el, kind, isVisible) => {
      const rect = el.getBoundingClientRect(), labels = labelsOf(el, kind);
      taken.add(el);
      controls.push({
        id: remember(el), kind, labels, value: valueOf(el, kind), box: box(rect),
        headings: [...new Set(headingsAround(el))], dialog: dialogOf(el), path: pathOf(el),
        form: number(el.form || el.closest('form') || document.body),
        enabled: !(el.disabled || el.getAttribute('aria-disabled') === 'true' || (el.closest('fieldset[disabled]') && 'disabled' in el)),
        editable: !(el.readOnly || el.getAttribute('aria-readonly') === 'true'), visible: isVisible,
        required: !!(el.required || (kind === 'dateparts' && partsIn(el).some((p) => p.required)) || el.getAttribute('aria-required') === 'true' || groupRequired(el, kind) || starred(labels, kind)),
        group: kind === 'radio' ? groupOf(el) : '',
        checked: !!(el.checked || ['aria-checked', 'aria-selected'].some((a) => el.getAttribute(a) === 'true')),
        expanded: el.getAttribute('aria-expanded') === 'true',
        options: kind === 'select' ? [...el.options].filter((o) => !o.hidden).map((o) => squash(o.label)) : el.multiple && kind === 'file' ? ['multiple'] : [],
        hint: kind === 'dateparts' ? partsIn(el).map((p) => FORMS[maskOf(p)]).join('/') : squash([referenced(el, 'aria-describedby'), el.getAttribute('placeholder'), el.getAttribute('title')].filter(Boolean).join(' ')),
        href: el.tagName === 'A' ? el.href : '', key: el.id || el.getAttribute('name') || '',
      });
    };
    for (const el of all) {
      if (!el.matches(CONTROLS)) continue;
      const kind = kindOf(el), dated = kind === 'text' && datePartsOf(el);
      if (!kind) continue;
      if (dated) {
        if (!taken.has(dated.box) && visible(el)) addControl(dated.box, 'dateparts', true);
        continue;
      }
      const shown = visible(el) || (isComboField(el) && transparent(el) && visible(el.parentElement)) || (['checkbox', 'radio'].includes(kind) && [...(el.labels || [])].some(visible));
      if (!shown && kind !== 'file') continue;
      if (kind === 'button' && el.matches('[onclick]:not(button):not(a):not(input)') && el.querySelector(CONTROLS)) continue;
      if (['menu', 'option', 'tab'].includes(kind) && el.querySelector('a[href],button')) continue;
      addControl(el, kind, shown);
    }
    // Text runs; words that only a script makes clickable become buttons.
    const within = (el) => up(el, (n) => taken.has(n));
    const blockOf = (el) => up(el, (n) => !getComputedStyle(n).display.startsWith('inline')) || document.body;
    // Of a property its name's number, and its own: one name may have several values.
    const pairOf = (fact) => {
      let name = fact;
      while (name && name.tagName !== 'DT') name = name.previousElementSibling;
      return name ? [number(name), number(fact)] : [];
    };
    const range = document.createRange();
    const runs = (root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = squash(node.data), el = node.parentElement;
        if (!text || !el || el.matches('script,style,noscript,template,option,textarea,title') || !visible(el)) continue;
        range.selectNodeContents(node);
        const rect = range.getBoundingClientRect();
        if (rect.width < 1 || rect.height < 1) continue;
        let owner = within(el);
        if (!owner && text.length < 80 && getComputedStyle(el).cursor === 'pointer' && !el.closest('label')) {
          const widest = up(el, (n) => !parent(n) || getComputedStyle(parent(n)).cursor !== 'pointer' || parent(n).children.length > 3);
          addControl(widest, 'button', true);
          owner = widest;
        }
        const table = el.closest('table'), fact = el.closest('dt,dd');
        texts.push({
          id: remember(el), text, box: box(rect), headings: [...new Set(headingsAround(el))], dialog: dialogOf(el),
          tag: (el.closest('dt,dd,th,td,label,legend,caption') || el).tagName.toLowerCase(),
          control: owner ? String(number(owner)) : '',
          table: table ? number(table) : 0, heading: !!headingOf(el), line: number(blockOf(el)),
          pair: fact ? pairOf(fact) : [],
        });
      }
    };
    runs(document.body || document.documentElement);
    for (const el of all) if (el.shadowRoot) runs(el.shadowRoot);
    const cell = (c) => ({
      text: ownText(c, false) || [...c.querySelectorAll('button')].map((b) => ownText(b, true)).join(' '),
      controls: [...c.querySelectorAll(CONTROLS)].filter((e) => taken.has(e)).map((e) => String(number(e))),
    });
    const tables = [];
    for (const el of all) {
      if (el.matches('table') && visible(el)) {
        const rows = [...el.rows].filter((r) => visible(r) && r.closest('table') === el);
        const head = rows.find((r) => r.cells.length > 1 && [...r.cells].every((c) => c.tagName === 'TH'));
        tables.push({ id: number(el), headers: head ? [...head.cells].map((c) => ownText(c, true)) : [], headings: [...new Set(headingsAround(el))], dialog: dialogOf(el), partial: drawsInView(el, rows),
          rows: rows.filter((r) => r !== head).map((r) => ({ id: remember(r), cells: [...r.cells].map(cell) })) });
      } else if (el.matches('[role=table],[role=grid]') && visible(el)) {
        const rows = [...el.querySelectorAll('[role=row]')].filter(visible);
        const head = rows.find((r) => r.querySelector('[role=columnheader]'));
        const cells = (r) => [...r.querySelectorAll('[role=cell],[role=gridcell],[role=rowheader]')];
        tables.push({ id: number(el), headers: head ? [...head.querySelectorAll('[role=columnheader]')].map((c) => ownText(c, true)) : [], headings: [...new Set(headingsAround(el))], dialog: dialogOf(el), partial: drawsInView(el, rows),
          rows: rows.filter((r) => r !== head).map((r) => ({ id: remember(r), cells: cells(r).map(cell) })) });
      }
    }
    return JSON.stringify({
      document: documentNumber, changes, shown: innerWidth > 0 && innerHeight > 0, guarded: guard.stopped.splice(0), url: location.href, title: document.title, controls, texts, tables,
      dialogs: dialogs.map((d) => ({ number: number(d), modal: d.getAttribute('aria-modal') !== 'false',
        title: titleOf(d) })),
      text: document.body ? withoutFields(document.body.innerText, all) : '',
      alerts: all.filter((el) => el.matches('[role=alert],[aria-live=assertive],.error,.alert-danger,.field-error') && visible(el)).map((el) => squash(el.innerText)).filter(Boolean),
      captchas: captchasNow(all),
      busy: all.some((el) => el.matches('[aria-busy=true],[role=progressbar],.spinner,.loading') && visible(el)),
    });
  };

  // The page's text has what a drop-down offers and what an editor holds, each on lines of its own. The page
  // doesn't say that: the one isn't seen there, the other was typed.
  const heldBy = (el) => el.tagName === 'SELECT' ? !el.multiple && el.size <= 1 : kindOf(el) === 'editor';
  const withoutFields = (text, all) => {
    let left = text, read = '';
    for (const el of all) {
      if (el.getRootNode() !== document || !heldBy(el) || !visible(el) || !el.innerText) continue;
      const at = `\n${left}\n`.indexOf(`\n${el.innerText}\n`);
      if (at < 0) continue;
      read += left.slice(0, at) + (el.disabled ? [...el.selectedOptions].map((o) => squash(o.label)).join('') : '');
      left = left.slice(at + el.innerText.length);
    }
    return read + left;
  };

  // The guard: clicks on what sends, and forms sent by Enter, are cancelled unless the present step
  // is the sending one.
  const guard = { labels: [], open: false, entering: false, stopped: [] };
  let enterAt = -Infinity;
  const same = (a) => squash(a).toLowerCase();
  const refuse = (event, words) => {
    guard.stopped.push(words);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const sendsBy = (el) => {
    const names = labelsOf(el, kindOf(el) || 'button').map((l) => same(l.text));
    return guard.labels.find((l) => names.includes(same(l)));
  };
  addEventListener('click', (event) => {
    if (guard.open || !guard.labels.length) return;
    const el = up(event.composedPath()[0], (n) => n.matches && n.matches(CONTROLS));
    const hit = el && sendsBy(el);
    if (hit) refuse(event, hit);
  }, true);
  addEventListener('keydown', (event) => { if (event.key === 'Enter') enterAt = performance.now(); }, true);
  addEventListener('submit', (event) => {
    if (guard.open || performance.now() - enterAt >= 100) return;
    const meant = guard.entering && ![...event.target.elements].some(sendsBy);
    if (!meant) refuse(event, 'a form sent by Enter');
  }, true);

  Object.defineProperty(window, '__authwright', { enumerable: false, value: {
    look, guard,
    element: (id) => elements.get(+id) || null,
    stamp: () => ({ document: documentNumber, still: performance.now() - changedAt, changes, ready: document.readyState !== 'loading' }),
  } });
})();
