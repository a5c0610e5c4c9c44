// The lists of one document as the pictures need them: their headers, and of each row its texts and where it is.
// Tables, ARIA grids, lines drawn under a line of headers, and entries drawn one like the other.
([document_, ownNumber]) => {
  const squash = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const visible = (el) => el.getClientRects().length > 0;
  const NAMES = /\b(patient|member|subscriber|beneficiary|enrollee|client|insured|date of birth|birth ?date|dob)\b/i;
  const FIELDS = 'input:not([type=hidden]),select,textarea';
  const us = window.__authwright;
  const own = us && us.stamp().document === document_ ? us.element(ownNumber) : null;

  const all = [];
  const walk = (root) => { for (const el of root.querySelectorAll('*')) { all.push(el); if (el.shadowRoot) walk(el.shadowRoot); } };
  walk(document);

  const path = (el) => {
    const parts = [];
    let at = el;
    while (at.parentElement) { parts.unshift(`${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`); at = at.parentElement; }
    const root = at.getRootNode();
    if (!(root instanceof ShadowRoot)) return ['html', ...parts].join(' > ');
    const top = `${at.localName}:nth-child(${[...root.children].indexOf(at) + 1})`;
    return `${path(root.host)} ${[top, ...parts].join(' > ')}`;
  };
  const row = (el, cells) => ({ path: path(el), own: el === own, cells: cells.map((c) => squash(c.innerText)) });

  const found = [];
  const add = (headers, rows, cellsOf) => {
    if (rows.length) found.push({ headers: headers.map(squash), rows: rows.map((r) => row(r, cellsOf(r))) });
  };

  for (const el of all) {
    if (el.matches('table') && visible(el)) {
      const rows = [...el.rows].filter((r) => visible(r) && r.closest('table') === el);
      const head = rows.find((r) => r.cells.length && [...r.cells].every((c) => c.tagName === 'TH' || (!squash(c.innerText) && r.querySelector('th'))));
      if (head) add([...head.cells].map((c) => c.innerText), rows.filter((r) => r !== head), (r) => [...r.cells]);
    } else if (el.matches('[role=table],[role=grid]') && visible(el)) {
      const rows = [...el.querySelectorAll('[role=row]')].filter(visible);
      const head = rows.find((r) => r.querySelector('[role=columnheader]'));
      const cells = (r) => [...r.querySelectorAll('[role=cell],[role=gridcell],[role=rowheader]')];
      if (head) add([...head.querySelectorAll('[role=columnheader]')].map((c) => c.innerText), rows.filter((r) => r !== head), cells);
    }
  }

  // A line of headers that is no table, and the lines of as many parts that follow it.
  const parts = (el) => [...el.children].filter(visible);
  const short = (el) => { const text = squash(el.innerText); return text.length < 40 && !el.querySelector(FIELDS); };
  for (const head of all) {
    if (head.children.length < 3 || head.closest('table,[role=table],[role=grid]') || !visible(head)) continue;
    const titles = parts(head);
    if (titles.length < 3 || !titles.every(short) || !titles.some((t) => NAMES.test(t.innerText))) continue;
    const after = [...(head.parentElement ? head.parentElement.querySelectorAll(head.localName) : [])];
    const rows = after.filter((el) => el !== head && !head.contains(el) && visible(el) && !el.querySelector(FIELDS)
      && head.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING && parts(el).length === titles.length);
    add(titles.map((t) => t.innerText), rows, parts);
  }

  // Entries side by side that name a person in the same words: cards, items of a list.
  const seen = new Set(); // every entry of a group that was looked at
  for (const el of all) {
    const box = el.parentElement;
    if (!box || seen.has(el) || el.closest('table,[role=table],[role=grid],nav,select') || !visible(el)) continue;
    const alike = [...box.children].filter((c) => c.localName === el.localName && c.className === el.className && visible(c));
    alike.forEach((c) => seen.add(c));
    if (alike.length < 2) continue;
    const words = alike.map((c) => (c.querySelector(FIELDS) ? null : NAMES.exec(squash(c.innerText))));
    const title = words[0] && words[0][0].toLowerCase();
    const longer = alike.every((c) => squash(c.innerText).length > 20);
    if (title && longer && words.every((w) => w && w[0].toLowerCase() === title)) add([title], alike, (c) => [c]);
  }
  return found;
}
