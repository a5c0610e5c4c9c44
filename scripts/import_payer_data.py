"""Write the rules files that come from tables of payer data: `import_payer_data.py TABLES LIBRARY`.

TABLES is a folder with payer_rules_by_code*.csv and cms_rules_by_code*.csv. What was left out, and
why, is printed; the same tables give the same files. What the words of a table mean stands here.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from authwright.core.diagnostics import Diagnostic, render
from authwright.core.requirement import Outcome
from authwright.rules.importer import Meaning, TableRow, Translation, Variant, read_table, rules_yaml

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


def main(tables: Path, library: Path) -> int:
    rows: list[TableRow] = []
    told: list[Diagnostic] = []
    for path in sorted([*tables.glob("cms_rules_by_code*.csv"), *tables.glob("payer_rules_by_code*.csv")]):
        found, problems = read_table(path.read_text(encoding="utf-8-sig"), path.name)
        rows += found
        told += problems
    for number, (name, translation, wanted, subject) in enumerate(FILES):
        prefixed = Translation(
            f"{translation.prefix}-{Path(name).stem}" if number else translation.prefix,
            translation.requirements,
            translation.settings,
            translation.scopes,
            translation.codes,
            translation.titles,
        )
        text, problems = rules_yaml(filter(wanted, rows), prefixed, f"{subject}\n{HEADING}")
        told += problems
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {text.count('- rule:')} entries\n")
    sys.stdout.writelines(render(d) + "\n" for d in told)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
