"""What the portals' pick lists and look-ups know. Everything about people and providers is made up.

ICD-10-CM wording follows the public-domain tabular list (CMS/NCHS) in our own short words; procedure
codes carry no descriptors, because those of CPT belong to the AMA.
"""

import re

PLACES = (
    ("02", "Telehealth Provided Other than in Patient's Home"),
    ("10", "Telehealth Provided in Patient's Home"),
    ("11", "Office"),
    ("12", "Home"),
    ("19", "Off Campus-Outpatient Hospital"),
    ("20", "Urgent Care Facility"),
    ("21", "Inpatient Hospital"),
    ("22", "On Campus-Outpatient Hospital"),
    ("23", "Emergency Room - Hospital"),
    ("24", "Ambulatory Surgical Center"),
    ("31", "Skilled Nursing Facility"),
    ("49", "Independent Clinic"),
    ("62", "Comprehensive Outpatient Rehabilitation Facility"),
    ("81", "Independent Laboratory"),
)

DIAGNOSES = {
    "C50.911": "Malignant neoplasm, right breast, site unspecified",
    "C50.912": "Malignant neoplasm, left breast, site unspecified",
    "E11.9": "Type 2 diabetes without complications",
    "G40.909": "Epilepsy, unspecified, not intractable",
    "G43.009": "Migraine without aura, not intractable",
    "G43.709": "Chronic migraine without aura, not intractable",
    "G43.719": "Chronic migraine without aura, intractable",
    "G47.33": "Obstructive sleep apnea",
    "I25.10": "Coronary artery disease without angina",
    "I48.91": "Atrial fibrillation, unspecified",
    "M17.0": "Primary osteoarthritis, both knees",
    "M17.11": "Primary osteoarthritis, right knee",
    "M17.12": "Primary osteoarthritis, left knee",
    "M23.221": "Old tear of posterior horn, medial meniscus, right knee",
    "M23.222": "Old tear of posterior horn, medial meniscus, left knee",
    "M25.511": "Pain in right shoulder",
    "M25.512": "Pain in left shoulder",
    "M25.561": "Pain in right knee",
    "M25.562": "Pain in left knee",
    "M48.061": "Lumbar spinal stenosis without neurogenic claudication",
    "M48.062": "Lumbar spinal stenosis with neurogenic claudication",
    "M51.26": "Lumbar disc displacement",
    "M54.12": "Radiculopathy, cervical region",
    "M54.16": "Radiculopathy, lumbar region",
    "M54.17": "Radiculopathy, lumbosacral region",
    "M54.2": "Neck pain",
    "M54.41": "Lumbago with sciatica, right side",
    "M54.42": "Lumbago with sciatica, left side",
    "M54.50": "Low back pain, unspecified",
    "M54.51": "Vertebrogenic low back pain",
    "M54.59": "Other low back pain",
    "M75.111": "Incomplete rotator cuff tear, right shoulder",
    "M75.112": "Incomplete rotator cuff tear, left shoulder",
    "R51.9": "Headache, unspecified",
    "S83.241A": "Tear of medial meniscus, right knee, first encounter",
    "S83.242A": "Tear of medial meniscus, left knee, first encounter",
}

_CODES = (
    "20610 22551 22612 22633 23472 27130 27447 29826 29827 29880 29881 29882 43239 45378 45380 62321 "
    "62322 62323 63030 63047 63650 64483 64484 64490 64493 64494 64561 64612 64615 64635 64636 70450 "
    "70460 70470 70551 70552 70553 71250 71260 71271 72125 72126 72127 72141 72142 72146 72147 72148 "
    "72149 72156 72157 72158 73221 73222 73223 73718 73720 73721 73722 73723 74176 74177 74178 75571 "
    "75572 75574 78451 78452 78459 78491 78815 78816 81162 81528 93306 93350 95806 95810 95811 97110 "
    "97112 97140 97161 97530 A7030 E0601 E0748 E1390 J0129 J0178 J0585 J1745 J3262 J9035 J9271 L1833 "
    "L1851 L3000 Q5103"
)

PROCEDURES = tuple(_CODES.split())

_PROCEDURE = re.compile(r"\d{5}|[A-Z]\d{4}|\d{4}[FTU]")
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?")
_SHOWN = 12

_SURNAMES = ("Alder", "Birch", "Cypress", "Dogwood", "Elm", "Fir", "Hazel", "Juniper", "Larch", "Rowan")
_FACILITIES = (
    "Alder Creek Imaging Center",
    "Bellweather Surgery Center",
    "Cedar Hill Hospital",
    "Dunmore Outpatient Center",
    "Eastgate Ambulatory Surgery",
    "Fairview Diagnostic Center",
    "Glenwood Community Hospital",
    "Harbor Point Medical Center",
    "Ironwood Rehabilitation",
    "Juniper Valley Hospital",
)


def is_procedure(code: str) -> bool:
    return _PROCEDURE.fullmatch(code) is not None


def is_diagnosis(code: str) -> bool:
    return _DIAGNOSIS.fullmatch(code) is not None


def suggest_procedures(typed: str) -> list[tuple[str, str]]:
    """(code, text) of the suggestions, in code order. As on the real thing a full code doesn't bring
    its own entry alone: the list holds all codes that share its first four characters."""
    typed = typed.strip().upper()
    if len(typed) < 3:
        return []
    known = [code for code in PROCEDURES if code.startswith(typed[:4])]
    if is_procedure(typed) and typed not in known:
        known.append(typed)
    return [(code, f"{code} - code {code}") for code in sorted(known)[:_SHOWN]]


def suggest_diagnoses(typed: str) -> list[tuple[str, str]]:
    """(code, text); finds by the code with or without its dot, and by words of the text. A full code
    also brings its neighbours; one that the table doesn't hold is offered without a text."""
    typed = typed.strip()
    plain = typed.upper().replace(".", "")
    if len(plain) < 3:
        return []
    stem = plain[: max(3, len(plain) - 1)]
    found = [
        code
        for code, text in DIAGNOSES.items()
        if code.replace(".", "").startswith(stem) or typed.lower() in text.lower()
    ]
    dotted = plain if len(plain) == 3 else f"{plain[:3]}.{plain[3:]}"
    if is_diagnosis(dotted) and dotted not in DIAGNOSES and len(plain) > 3:
        found.append(dotted)
    return [(code, f"{code} - {DIAGNOSES.get(code, 'diagnosis ' + code)}") for code in sorted(found)[:_SHOWN]]


def npi_is_sound(npi: str) -> bool:
    """Ten digits whose Luhn check digit fits with the prefix 80840 (CMS, NPI check digit)."""
    if not re.fullmatch(r"[12]\d{9}", npi):
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + npi)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def provider_name(npi: str, role: str) -> str | None:
    """The name on file for a sound NPI: a surname, or a facility's name for the role "facility".
    Names are made from the digits, so that every sound NPI has one. None if the NPI is unknown."""
    if not npi_is_sound(npi):
        return None
    names = _FACILITIES if role == "facility" else _SURNAMES
    return names[int(npi[5:9]) % len(names)]


def looks_like_member_id(member_id: str) -> bool:
    """Eight to fourteen letters and digits, six digits at least; "0000" at the end is nobody."""
    letters_ok = re.fullmatch(r"[A-Z0-9]{8,14}", member_id) is not None
    return letters_ok and sum(c.isdigit() for c in member_id) >= 6 and not member_id.endswith("0000")
