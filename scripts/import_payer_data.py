"""Write the rules files that come from tables of payer data: `import_payer_data.py TABLES LIBRARY`.

TABLES is a folder with payer_rules_by_code*.csv, cms_rules_by_code*.csv and criteria.csv. What was left
out, and why, is printed; the same tables give the same files. What a table's words mean stands here.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from authwright.core.diagnostics import Diagnostic, render
from authwright.core.requirement import Outcome
from authwright.rules.advice import Likelihood
from authwright.rules.importer import Meaning, Translation, Variant, rules_yaml
from authwright.rules.tables import TableRow, read_table
from authwright.rules.values import CodeRange
from authwright.rules.yaml_text import criteria_yaml

TITLES = {
    "www.cms.gov": "CMS, program page",
    "cms.gov": "CMS, program page",
    "medicare.fcso.com": "First Coast (Medicare contractor)",
    "med.noridianmedicare.com": "Noridian (Medicare contractor)",
    "www.ngsmedicare.com": "NGS (Medicare contractor)",
    "palmettogba.com": "Palmetto GBA (Medicare contractor)",
    "cgsmedicare.com": "CGS (Medicare contractor)",
    "www.aao.org": "American Academy of Ophthalmology, news",
    "www.entnet.org": "American Academy of Otolaryngology, news",
    "help.coherehealth.com": "Cohere Health, help center",
    "checkoutapi.com": "copy of the Code of Federal Regulations",
    "github.com": "third party's copy on GitHub",
    "www.uhcprovider.com": "UnitedHealthcare, provider site",
    "ams-prod.uhcprovider.com": "UnitedHealthcare, provider site",
    "www.openpayer.com": "OpenPayer (aggregator)",
}

OPD_SETTING = {"places": ["19", "22"], "facility_types": {"not": ["critical-access-hospital"]}}
TOXINS, INJECTIONS = ["J0585", "J0586", "J0587", "J0588"], ["64612", "64615"]
OPD = Translation(
    prefix="opd",
    requirements={
        "prior authorization (condition of payment)": Meaning(requires=("par",)),
        "removed from list": Meaning(removed=True),
        "removed from list before start": Meaning(removed=True),
        "removed from list before start (CMS calls it temporary)": Meaning(removed=True),
        "not on the hospital list (is on the ASC list)": Meaning(
            left_out="absence from a list that doesn't say it is exhaustive"
        ),
    },
    settings={
        "Medicare FFS, Part A TOB 13X hospital OPD (POS 19/22); not ASC, not office": (Variant(OPD_SETTING),),
        "Medicare FFS hospital outpatient, TOB 13X; not ASC, office or critical access hospital": (
            Variant(OPD_SETTING),
        ),
    },
    scopes={"": {}},
    codes={
        **{code: {"billed_with": INJECTIONS} for code in TOXINS},
        **{code: {"billed_with": TOXINS} for code in INJECTIONS},
    },
    unknown_before=True,
)

SURGERY_CENTER = (
    Variant({"places": ["24"], "states": ["CA", "FL", "TN", "PA", "MD", "GA", "NY"]}),
    Variant({"places": ["24"], "states": ["TX", "AZ", "OH"]}, start=date(2026, 2, 16)),
)
ASC_DEMONSTRATION = Translation(
    prefix="asc",
    requirements={
        "prior authorization voluntary; bypass = prepayment medical review": Meaning(
            Outcome.VOLUNTARY, ("asc-par",)
        ),
        "removed from ASC list": Meaning(removed=True),
    },
    settings={
        "Medicare FFS ASC (POS 24) in CA FL TN PA MD GA NY (DOS from 2026-01-19) "
        "and TX AZ OH (DOS from 2026-02-16)": SURGERY_CENTER,
        "see other ASC rows": SURGERY_CENTER,
    },
    scopes={"": {}},
    codes={
        **{code: {"billed_with": INJECTIONS} for code in [*TOXINS, "J0589"]},
        **{code: {"billed_with": [*TOXINS, "J0589"]} for code in INJECTIONS},
    },
    unknown_before=True,
)

WISER_PLACES = (
    Variant({"places": ["11", "12", "19", "22", "24"], "states": ["NJ", "OH", "OK", "TX", "AZ", "WA"]}),
)
WISER_REQUEST = Meaning(Outcome.VOLUNTARY, ("wiser",))
WISER = Translation(
    prefix="wiser",
    requirements={
        "prior authorization or pre-payment review": WISER_REQUEST,
        "prior authorization or pre-payment review - only lower extremity chronic wounds": WISER_REQUEST,
        "prior authorization or pre-payment review - only for listed indications": WISER_REQUEST,
        "prior authorization or pre-payment review - only for listed indications; "
        "not when billed with G47.33": WISER_REQUEST,
        "prior authorization or pre-payment review - only when billed with 64590 (permanent implant) "
        "and for listed indications": WISER_REQUEST,
        "prior authorization or pre-payment review - only for the policy indications, "
        "not for example an intrathecal pump": WISER_REQUEST,
        "POSTPONED - not in model": Meaning(left_out="postponed: not in the model"),
    },
    settings={
        "Medicare FFS in NJ OH OK TX AZ WA; TOB 13X, POS 24, 11, 12": WISER_PLACES,
        "Medicare FFS in NJ OH OK TX AZ WA; voluntary request or prepayment review; "
        "never inpatient-only or emergency": WISER_PLACES,
    },
    scopes={"": {}},
    codes={
        "64561": {"billed_with": ["64590"]},
        "64568": {"diagnoses": {"not": ["G47.33"]}},
        # Washington's reviewer lists no skin substitutes.
        **{str(code): {"states": ["NJ", "OH", "OK", "TX", "AZ"]} for code in range(15271, 15279)},
    },
    unknown_before=True,
)

DME_REQUEST = Meaning(requires=("dmepos-par",))
CONDITION = "prior authorization (condition of payment)"


def dme_phase(states: str) -> Meaning:
    return Meaning(requires=("dmepos-par",), states=tuple(states.split()))


DMEPOS = Translation(
    prefix="dmepos",
    requirements={
        CONDITION: DME_REQUEST,
        f"{CONDITION} - nationwide": DME_REQUEST,
        "removed from list": Meaning(removed=True),
        "SUSPENDED - do not send": Meaning(removed=True),
        **{
            f"{CONDITION} - {states}": dme_phase(states.removesuffix(" first"))
            for states in (
                "CA MI PA TX first",
                "NY IL FL CA first",
                "MD PA NJ MI OH KY TX NC GA MO AZ WA",
                "IL MO NY WV first",
                "CA IN NJ NC first",
                "NY MI FL CA first",
                "PA MA OH IL TX GA AZ OR",
            )
        },
    },
    settings={
        "Medicare FFS DME MAC, supplier submits before delivery": (Variant(),),
        "Medicare FFS DMEPOS supplier; initial rental counts from the delivery date": (
            Variant(keep_words=True),
        ),
        # Three later rows say the same, each with its states.
        "Medicare FFS DME MAC, supplier submits before delivery; phase 1 NY MI FL CA 2026-10-28; "
        "phase 2 PA MA OH IL TX GA AZ OR 2027-01-26; national 2027-04-26": (),
    },
    scopes={"": {}},
)

AMBULANCE_WORDS = "prior authorization voluntary; bypass = prepayment review; first"
AMBULANCE_STATES = (
    "NJ PA SC",
    "DE DC MD NC VA WV",
    "AR CO LA MS NM OK TX",
    "AL AS CA GA GU HI NV MP TN",
    "FL IL IA KS MN MO NE PR WI VI",
    "CT IN ME MA MI NH NY RI VT",
    "AK AZ ID KY MT ND OH OR SD UT WA WY",
)
AMBULANCE = Translation(
    prefix="rsnat",
    requirements={
        f"{AMBULANCE_WORDS} three round trips exempt": Meaning(Outcome.VOLUNTARY, ("rsnat",)),
        f"{AMBULANCE_WORDS} 3 round trips exempt": Meaning(
            left_out="the rows by state say it with their days"
        ),
    },
    settings={
        "nationwide since 2022-08-01": (Variant(),),
        **{
            f"Medicare FFS ambulance supplier in {states}": (Variant({"states": states.split()}),)
            for states in AMBULANCE_STATES
        },
    },
    scopes={"": {}},
)

COST_QUESTION = "Does the purchase or the cumulative rental cost more than 1,000 US dollars?"
PRIOR = Meaning(requires=("prior-authorization",))
NOT_REQUIRED = Meaning(outcome=Outcome.NOT_REQUIRED)
WITHOUT_SITE_REVIEW = ["AK", "MA", "PR", "RI", "TX", "UT", "VI", "WI"]
NOT_INPATIENT = {"places": {"not": ["21", "23", "51", "61"]}}
HOSPITAL, ASC, OFFICE = ["19", "22"], ["24"], ["11"]
UNITED = Translation(
    prefix="uhc",
    requirements={
        "prior authorization": PRIOR,
        "prior authorization with site-of-service review": PRIOR,
        "notification/PA + site-of-service review": PRIOR,
        "notification / prior authorization": PRIOR,
        "prior authorization after the initial evaluation": PRIOR,
        "prior authorization before sequencing; ordering provider notifies lab, lab notifies UHC": PRIOR,
        "prior authorization not required": NOT_REQUIRED,
        "prior authorization (typical, plan-dependent)": Meaning(
            Outcome.CONDITIONAL,
            ("prior-authorization",),
            "Does this member's plan ask for it? (Check by member.)",
        ),
        "not on this list (confirm per member)": Meaning(
            left_out="somebody's look at one list is never not-required"
        ),
    },
    settings={
        "": (Variant(),),
        "inpatient and outpatient": (Variant(),),
        "initial evaluation": (Variant(keep_words=True),),
        "regardless of cost": (Variant(keep_words=True),),
        "outpatient": (Variant(NOT_INPATIENT),),
        "outpatient + office": (Variant(NOT_INPATIENT),),
        "laboratory-assisted only; not home": (Variant({"places": {"not": ["12"]}}, keep_words=True),),
        "multidisciplinary office and outpatient hospital; not home": (
            Variant({"places": [*OFFICE, *HOSPITAL]}, keep_words=True),
        ),
        "only when performed outside the office": (Variant({"places": {"not": OFFICE}}, keep_words=True),),
        "required in outpatient hospital or ASC": (Variant({"places": [*HOSPITAL, *ASC]}),),
        "required in outpatient hospital or ASC, often not in office": (
            Variant({"places": [*HOSPITAL, *ASC]}, keep_words=True),
        ),
        "required in outpatient hospital; NOT required at ASC": (
            Variant({"places": HOSPITAL}),
            Variant({"places": ASC}, NOT_REQUIRED),
        ),
        "required in outpatient hospital or ASC; not required in office; "
        "providers in AK, MA, PR, RI, TX, UT, VI, WI exempt": (
            Variant({"places": [*HOSPITAL, *ASC], "states": {"not": WITHOUT_SITE_REVIEW}}, keep_words=True),
            Variant({"places": OFFICE}, NOT_REQUIRED, keep_words=True),
        ),
        "required in outpatient hospital only; not required at a participating ASC; "
        "providers in AK, MA, PR, RI, TX, UT, VI, WI exempt": (
            Variant({"places": HOSPITAL, "states": {"not": WITHOUT_SITE_REVIEW}}, keep_words=True),
            Variant({"places": ASC}, NOT_REQUIRED, keep_words=True),
        ),
        "site-of-service review not applied in AK, MA, PR, RI, TX, UT, VI, WI": (Variant(keep_words=True),),
        "members treated in Arizona: every place of service, office preferred": (
            Variant({"states": ["AZ"]}, keep_words=True),
        ),
        "only when purchase or cumulative rental exceeds 1000 USD": (
            Variant(meaning=Meaning(Outcome.CONDITIONAL, ("prior-authorization",), COST_QUESTION)),
        ),
    },
    scopes={
        "Commercial (national list)": {"lines_of_business": ["commercial"]},
        "Commercial": {"lines_of_business": ["commercial"]},
        "Commercial, Iowa": {"lines_of_business": ["commercial"], "states": ["IA"]},
        "Fully insured commercial + exchange": {
            "lines_of_business": ["commercial", "exchange"],
            "funding": ["fully-insured"],
        },
        "Commercial, MA, Medicaid radiology": {
            "lines_of_business": ["commercial", "medicare-advantage", "medicaid"]
        },
        "Medicare Advantage": {"lines_of_business": ["medicare-advantage"]},
        "Medicare Advantage, national (D-SNP excluded)": {"lines_of_business": ["medicare-advantage"]},
        "UHC West (RMHP page)": {"plans": ["uhc-west"]},
        "River Valley": {"plans": ["river-valley"]},
        "River Valley (site of service)": {"plans": ["river-valley"]},
        "Mid-Atlantic Health Plans": {"plans": ["mid-atlantic"]},
    },
)

HEADING = "Written by scripts/import_payer_data.py from tables of public pages; correct the tables, not this."


def united(*scopes: str) -> Callable[[TableRow], bool]:
    return lambda row: row.owner == "UnitedHealthcare" and row.scope in scopes


FILES: tuple[tuple[str, Translation, Callable[[TableRow], bool], str], ...] = (
    (
        "medicare-ffs/rules/hospital-outpatient.yaml",
        OPD,
        lambda row: row.owner == "CMS Hospital OPD PA",
        "Prior authorization for certain hospital outpatient department services (42 CFR 419.83).",
    ),
    (
        "medicare-ffs/rules/surgery-center-demonstration.yaml",
        ASC_DEMONSTRATION,
        lambda row: row.owner == "CMS ASC PA demonstration",
        "Prior authorization demonstration for certain ambulatory surgical center services.",
    ),
    (
        "medicare-ffs/rules/wiser.yaml",
        WISER,
        lambda row: row.owner.startswith("CMS WISeR"),
        "WISeR model: six states, prior authorization or prepayment review.",
    ),
    (
        "medicare-ffs/rules/dmepos.yaml",
        DMEPOS,
        lambda row: row.owner == "CMS DMEPOS required PA",
        "Required prior authorization of durable medical equipment, prostheses and orthoses.",
    ),
    (
        "medicare-ffs/rules/ambulance.yaml",
        AMBULANCE,
        lambda row: row.owner == "CMS RSNAT ambulance",
        "Repetitive, scheduled, non-emergent ambulance transport.",
    ),
    (
        "unitedhealthcare/rules/commercial.yaml",
        UNITED,
        united("Commercial (national list)", "Commercial"),
        "Commercial plans, national list.",
    ),
    (
        "unitedhealthcare/rules/commercial-older.yaml",
        UNITED,
        united(
            "Commercial, Iowa", "Fully insured commercial + exchange", "Commercial, MA, Medicaid radiology"
        ),
        "Older notices whose end nobody has published.",
    ),
    (
        "unitedhealthcare/rules/medicare-advantage.yaml",
        UNITED,
        united("Medicare Advantage", "Medicare Advantage, national (D-SNP excluded)"),
        "Medicare Advantage.",
    ),
    (
        "unitedhealthcare/rules/regional-plans.yaml",
        UNITED,
        united(
            "UHC West (RMHP page)",
            "River Valley",
            "River Valley (site of service)",
            "Mid-Atlantic Health Plans",
        ),
        "Regional plans with lists of their own.",
    ),
)


MEDICARE_CRITERIA = {
    "Medicare FFS": "",
    "Medicare FFS (local policy)": "the contractor whose local policy is named",
    "Medicare FFS (CGS, J15)": "CGS (J15)",
    "Medicare FFS (NGS)": "NGS",
    "Medicare FFS hospital outpatient (NGS)": "NGS",
    "Medicare FFS (Noridian)": "Noridian",
    "Medicare FFS (Palmetto)": "Palmetto",
    "Medicare FFS WISeR": "the WISeR reviewer of the state",
    "Medicare FFS DME": "the DME contractors",
    "Medicare national": "",
}

# Kinds of service in plain words, by code ranges; a code counts for the first that holds it.
KINDS: tuple[tuple[str, str], ...] = (
    (
        "advanced imaging",
        "70336 70450-70498 70540-70559 71250-71275 71550-71555 72125-72159 72191-72198 73200-73225 "
        "73700-73725 74150-74185 74261-74263 75557-75574 78429-78433 78451-78454 78459 78491-78492 "
        "78608-78609 78811-78816",
    ),
    ("joint replacement", "23470-23474 24360-24371 25441-25449 27120-27138 27437-27447 27486-27488"),
    ("arthroscopy", "29800-29916"),
    ("spinal injection or ablation", "62320-62327 64451 64479-64495 64620-64640 27096 G0260"),
    ("spine surgery", "20930-20939 22100-22899 63001-63308"),
    ("implanted stimulator or pump", "61850-61892 62350-62370 63650-63688 64553-64595 L8679-L8689"),
    ("eyelid or brow surgery", "15820-15823 67900-67912"),
    ("surgery of the nose", "30400-30520"),
    ("surgery of abdominal or breast tissue", "15830-15847 15877 19316-19396"),
    ("treatment of veins", "36465-36483 37700-37785"),
    ("surgery for obesity", "43644-43645 43770-43775 43842-43888"),
    ("sleep study", "95782-95811"),
    ("genetic test", "81105-81479 81500-81599"),
    ("outpatient therapy", "92507-92526 97010-97168 98940-98943"),
    ("power wheelchair or scooter", "K0800-K0899"),
    ("artificial limb", "L5000-L5999"),
    ("brace", "L0100-L4999"),
    ("drug given by a clinician", "J0120-J9999 Q5101-Q5150"),
)
ASKS = ("prior auth", "preauth", "precert", "notification")


def advice(rows: Sequence[TableRow]) -> str:
    """For each kind of service, which payers' lists ask for approval of any of its codes."""
    lines = ["# For codes without a rule. " + HEADING]
    for kind, words in KINDS:
        codes = words.split()
        ranges = [CodeRange(*part.split("-")) if "-" in part else CodeRange(part, part) for part in codes]
        lists = sorted(
            {
                "Medicare FFS" if row.owner.startswith("CMS") else row.owner.split(" (")[0]
                for row in rows
                if row.requirement.startswith(ASKS)
                and "not required" not in row.requirement
                and any(row.code in r for r in ranges)
            }
        )
        if lists:
            likelihood = Likelihood.USUAL if len(lists) >= USUAL_FROM else Likelihood.SOMETIMES
            lines += ["", f"- category: {kind}", f"  codes: [{', '.join(codes)}]"]
            lines += [f"  likelihood: {likelihood}", f"  listed_by: [{', '.join(lists)}]"]
    return "\n".join(lines) + "\n"


USUAL_FROM = 3


def main(tables: Path, library: Path) -> int:
    rows: list[TableRow] = []
    told: list[Diagnostic] = []
    for path in sorted([*tables.glob("cms_rules_by_code*.csv"), *tables.glob("payer_rules_by_code*.csv")]):
        found, problems = read_table(path.read_text(encoding="utf-8-sig"), path.name)
        rows += found
        told += problems
    for name, translation, wanted, subject in FILES:
        if translation is UNITED:
            translation = replace(UNITED, prefix=f"uhc-{Path(name).stem}")
        translation = replace(translation, titles=TITLES)
        text, problems = rules_yaml(filter(wanted, rows), translation, f"{subject}\n{HEADING}")
        told += problems
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {text.count('- rule:')} entries\n")
    criteria = (tables / "criteria.csv").read_text(encoding="utf-8-sig")
    (library / "medicare-ffs/criteria.yaml").write_text(
        criteria_yaml(criteria, "medicare-ffs", MEDICARE_CRITERIA, f"What must be shown. {HEADING}"),
        encoding="utf-8",
    )
    (library / "advice.yaml").write_text(advice(rows), encoding="utf-8")
    sys.stdout.writelines(render(d) + "\n" for d in told)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
