"""Orders from CSV, JSON and FHIR: the same order in each, gaps, and what is reported."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authwright.core.order import Diagnosis, Document, ServiceLine, Urgency
from authwright.formats.orders import read_orders
from authwright.formats.orders.names import path_of

FHIR = Path(__file__).parents[2] / "data/fhir"
CSV = """Order ID,First Name,Last Name,DOB,Insurance,Member ID,CPT,Mod,Units,DOS,POS,Dx 1,Dx 2,Rendering NPI
1,Jane,Doe,1/2/1980,UHC CHOICE PLUS,W1,72148,RT,1,2026-03-10,22,M54.50,M51.16,1234567893
2,Al,Poe,1/3/1980,AETNA,W2,97110,GP,12,2026-03-12,11,M54.50,,1234567893
1,Jane,Doe,1/2/1980,UHC CHOICE PLUS,W1,20610,,2,2026-03-10,22,M54.50,M51.16,1234567893
"""
CASE = {
    "order": {"id": "1"},
    "patient": {"first_name": "Jane", "last_name": "Doe", "dob": "1980-01-02", "address": {"state": "ga"}},
    "coverage": {"payer": "UHC CHOICE PLUS", "member_id": "W1"},
    "service_lines": [
        {
            "procedure_code": "72148",
            "modifiers": ["RT"],
            "units": 1,
            "from": "2026-03-10",
            "to": "2026-03-10",
            "pos": 22,
        },
        {"code": "20610", "quantity": 2, "start": "2026-03-10", "place_of_service": "22"},
    ],
    "diagnoses": [{"code": "M54.50"}, "M51.16"],
    "servicing_provider": {"npi": "1234567893"},
    "clinical": {"notes": "as told"},
    "expedited": True,
    "urgency_reason": "pain",
    "documents": [{"path": "note.pdf", "kind": "clinical notes"}, "mri.pdf"],
}
LINES = (
    ServiceLine(
        "72148", ("RT",), Decimal(1), start=date(2026, 3, 10), end=date(2026, 3, 10), place_of_service="22"
    ),
    ServiceLine(
        "20610", (), Decimal(2), start=date(2026, 3, 10), end=date(2026, 3, 10), place_of_service="22"
    ),
)


def read(text, columns=None):
    return read_orders(text.encode(), "orders", columns)


def test_rows_of_one_order_are_joined():
    (first, second), said = read(CSV)
    assert said == []
    assert first.service_lines == LINES
    assert first.diagnoses == (Diagnosis("M54.50"), Diagnosis("M51.16"))
    assert (first.patient.first_name, first.patient.date_of_birth) == ("Jane", date(1980, 1, 2))
    (coverage,) = first.coverages
    assert (coverage.insurance_name, coverage.payer, coverage.member_id) == ("UHC CHOICE PLUS", "", "W1")
    assert (second.id, second.service_lines[0].units) == ("2", Decimal(12))


def test_json_by_aliases_gives_the_same():
    for text in (json.dumps(CASE), json.dumps([CASE]), json.dumps({"orders": [CASE]}, indent=1)):
        (order,), said = read(text)
        assert said == []
        assert order.service_lines == LINES
        assert order.patient.address.state == "GA"
        assert order.rendering_provider.npi == "1234567893"
        assert (order.urgency, order.urgency_reason, order.notes) == (Urgency.EXPEDITED, "pain", "as told")
        assert order.documents == (Document("note.pdf"), Document("mri.pdf"))
        assert [d.code for d in order.diagnoses] == ["M54.50", "M51.16"]


def test_a_column_map_leads_to_columns_of_any_name():
    text = CSV.replace("Member ID", "Ins. Karte").replace("CPT", "Was")
    _, said = read(text)
    assert {d.code for d in said} == {"ORD002", "ORD003"}
    columns = {"coverage.member_id": "Ins. Karte", "procedure_code": "was"}
    (first, _), said = read(text, columns)
    assert (first.coverages[0].member_id, first.service_lines, said) == ("W1", LINES, [])


def test_a_column_map_with_mistakes_is_told():
    _, said = read(CSV, {"coverage.membr_id": "Member ID", "patient.phone": "Fone"})
    assert sorted(d.code for d in said) == ["ORD002", "ORD003"]


def test_secondary_coverage_has_columns_of_its_own():
    text = CSV.replace("DOB,", "DOB,Secondary Insurance,Secondary Member ID,").replace(
        "1980,", "1980,MEDICARE,9A,"
    )
    (first, _), said = read(text)
    assert said == []
    assert [(c.insurance_name, c.member_id) for c in first.coverages] == [
        ("UHC CHOICE PLUS", "W1"),
        ("MEDICARE", "9A"),
    ]


def test_other_orders_come_through_beside_a_bad_one_and_it_shows_its_gaps():
    (first, second), said = read(CSV.replace("97110", "9711").replace("1/3/1980", "13/13/1980"))
    assert first.service_lines == LINES
    assert (second.service_lines[0].code, second.patient.date_of_birth) == ("", None)
    assert [(d.code, d.line, d.column) for d in said] == [("ORD008", 3, 10), ("ORD005", 3, 30)]


def test_the_same_id_twice_in_json_is_left_out():
    (order,), said = read(json.dumps([CASE, {**CASE, "notes": "again"}]))
    assert order.notes == "as told" and [d.code for d in said] == ["ORD009"]


@pytest.mark.parametrize(
    ("column", "path"),
    [
        ("Member ID", ("coverage.member_id", 0)),
        ("secondary member id", ("coverage.member_id", 1)),
        ("service_lines[].code", ("service_lines[].code", 0)),
        ("Procedure Code", ("service_lines[].code", 0)),
        ("ICD10 3", ("diagnoses[].code", 0)),
        ("Modifier 4", ("service_lines[].modifiers", 0)),
        ("servicing_provider.npi", ("rendering_provider.npi", 0)),
        ("Ordering Provider NPI", ("requesting_provider.npi", 0)),
        ("Patient's Date of Birth", ("patient.date_of_birth", 0)),
        ("password", None),
        ("shoe size", None),
    ],
)
def test_columns_are_found_by_what_people_call_them(column, path):
    assert path_of(column) == path


# FHIR


def bundle(name):
    return read_orders((FHIR / f"Bundle-{name}.json").read_bytes(), name)


def test_medical_services_bundle():
    (order,), said = bundle("MedicalServicesAuthorizationBundleExample")
    assert order.id == "111099"
    assert (order.patient.first_name, order.patient.last_name, order.patient.sex) == ("JOE", "SMITH", "male")
    assert (order.coverages[0].member_id, order.coverages[0].insurance_name) == (
        "1122334455",
        "MARYLAND CAPITAL INSURANCE COMPANY",
    )
    (line,) = order.service_lines
    assert (line.code, line.start, line.place_of_service) == ("99212", date(2005, 5, 10), "11")
    assert (order.ordering_provider.organization, order.ordering_provider.npi) == (
        "DR. JOE SMITH CORPORATION",
        "8189991234",
    )
    assert [(d.code, d.severity.value) for d in said] == [("ORD006", "warning")]


def test_home_care_bundle():
    (order,), _ = bundle("HomecareAuthorizationBundleExample")
    assert [line.code for line in order.service_lines] == ["G0154", "B4184"]


def test_an_update_stands_for_the_request_that_it_updates():
    (order,), _ = bundle("HomecareAuthorizationUpdateBundleExample")
    assert (order.id, len(order.service_lines)) == ("111099-UPDATE", 3)


def test_referral_bundle():
    (order,), said = bundle("ReferralAuthorizationBundleExample")
    assert order.urgency is Urgency.EXPEDITED
    assert (order.rendering_provider.name, order.rendering_provider.npi) == ("SUSAN WATSON", "1234567893")
    assert [d.code for d in order.diagnoses] == ["G89.4"]
    assert order.service_lines[0].code == "3" and "ORD020" in {d.code for d in said}
    assert order.documents[0].path == "DocumentReference/DocumentReferenceExample"


def test_surgical_bundle():
    (order,), said = bundle("SurgicalRequestBundleExample")
    (line,) = order.service_lines
    assert (line.code, line.place_of_service, order.setting) == ("33510", "21", "inpatient")
    assert (line.start, line.end) == (date(2020, 7, 2), date(2020, 7, 9))
    assert "Practitioner/ReferralPractitionerExample" in next(d.message for d in said if d.code == "ORD019")


@pytest.mark.parametrize("path", sorted(FHIR.iterdir()), ids=lambda p: p.stem)
def test_each_bundle_gives_orders_or_a_reason(path):
    orders, said = read_orders(path.read_bytes(), path.name)
    assert bool(orders) != ("ORD018" in {d.code for d in said})


def test_a_reference_by_full_url_or_contained_is_followed():
    value = json.loads((FHIR / "Bundle-MedicalServicesAuthorizationBundleExample.json").read_text())
    claim = value["entry"][0]["resource"]
    claim["patient"] = {"reference": "urn:uuid:1"}
    claim["contained"] = [{"resourceType": "Practitioner", "id": "x", "name": [{"family": "ROE"}]}]
    claim["careTeam"] = [{"sequence": 1, "provider": {"reference": "#x"}}]
    next(e for e in value["entry"] if e["resource"]["resourceType"] == "Patient")["fullUrl"] = "urn:uuid:1"
    (order,), _ = read_orders(json.dumps(value).encode(), "b.json")
    assert (order.patient.last_name, order.rendering_provider.last_name) == ("SMITH", "ROE")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 99999) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "npi", "dob", "modifiers", "x", "coding"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*CASE, "coverages", "facility", "id"]), JSON, max_size=6))
def test_any_json_is_told_and_never_raises(value):
    orders, said = read(json.dumps([value, CASE]))
    assert orders[-1].service_lines == LINES or "ORD009" in {d.code for d in said}


CLAIM_KEYS = [
    "item",
    "patient",
    "insurance",
    "careTeam",
    "diagnosis",
    "supportingInfo",
    "extension",
    "identifier",
]


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(CLAIM_KEYS), JSON, max_size=6), JSON)
def test_any_bundle_is_told_and_never_raises(claim, coverage):
    resources = [
        {**claim, "resourceType": "Claim"},
        {"resourceType": "Coverage", "id": "v", "payor": coverage},
    ]
    claim.setdefault("insurance", [{"coverage": {"reference": "Coverage/v"}}])
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in resources]})
    orders, said = read(text)
    assert len(orders) == 1 and said


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5))
def test_any_rows_are_told_and_never_raise(rows):
    text = "order id,cpt,member id,dob\n" + "\n".join(",".join(row) for row in rows)
    orders, said = read(text)
    assert orders or said or not text.partition("\n")[2].replace(",", "").strip()


HEAD = "Order ID,Member ID,CPT\n"


def said_of(text):
    orders, said = read(text)
    return [o.id for o in orders], [(d.code, d.line, d.column) for d in said if d.code == "ORD021"]


@pytest.mark.parametrize(
    ("rows", "ids", "places"),
    [
        ('1,"W1,27447\n2,W2,27447\n', ["2"], [(2, 3)]),
        ('1,"W1,27447\n2,W2,27447\n3,"W3",27447\n4,W4,27447\n', ["2", "3", "4"], [(2, 3)]),
        ('1,W1,27447\n2,"W2,27447', ["1"], [(3, 3)]),
        ('1,W1,"27447\r\n2,W2,27447\r\n', ["2"], [(2, 6)]),
        ('1,"W1\nfoo",27447\n2,W2,27447\n', ["2"], [(2, 3), (3, 1)]),
        ('"1,W1,27447\n' + "2,W2,27447\n" * 20_000, ["2"], [(2, 1)]),
    ],
)
def test_an_open_quote_swallows_no_row(rows, ids, places):
    found, said = said_of(HEAD + rows)
    assert (found, said) == (ids, [("ORD021", *place) for place in places])


@pytest.mark.parametrize("column", ["Clinical Notes", "Description", "Comments", "clinical.notes"])
def test_notes_may_have_several_lines(column):
    text = f'Order ID,Member ID,CPT,{column}\n1,W1,27447,"one\ntwo"\n2,W2,27447,"three"\n'
    assert said_of(text) == (["1", "2"], [])


def test_notes_that_are_never_closed_are_an_error():
    text = 'Order ID,Member ID,CPT,Notes\n1,W1,27447,"one\n2,W2,27447,two\n'
    assert said_of(text) == (["2"], [("ORD021", 2, 12)])


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='12W",\n\r', max_size=60))
def test_quotes_anywhere_never_raise_and_no_cell_spans_lines(rows):
    orders, _ = read(HEAD + rows)
    assert all("\n" not in o.id + o.coverages[0].member_id for o in orders if o.coverages)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_unicode_text_of_a_spreadsheet_is_read(encoding):
    text = CSV.replace(",", "\t").replace("Jane", "Zoë").replace("\n", "\r\n")
    orders, said = read_orders(text.encode(encoding), "orders")
    assert ([o.id for o in orders], orders[0].patient.first_name, said) == (["1", "2"], "Zoë", [])


def test_a_birth_date_in_the_future_is_left_empty():
    data = CSV.replace("1/3/1980", "1/3/2080").encode()
    orders, said = read_orders(data, "orders", today=date(2026, 3, 1))
    assert [(d.code, d.line, d.column) for d in said] == [("ORD023", 3, 10)]
    assert [o.patient.date_of_birth for o in orders] == [date(1980, 1, 2), None]


@pytest.mark.parametrize(
    "text", [CSV.replace("1/3/1980", "1/3/2080"), CSV.replace("2026-03-12", "1979-03-12")]
)
def test_a_service_before_birth_is_an_error(text):
    orders, said = read(text)
    assert [(d.code, d.line) for d in said] == [("ORD024", 3)]
    assert orders[1].patient.date_of_birth is None


@pytest.mark.parametrize(("place", "codes"), [("98", ["ORD022"]), ("0", ["ORD022"]), ("66", []), ("1", [])])
def test_a_place_that_cms_does_not_know_is_told_and_kept(place, codes):
    orders, said = read(CSV.replace(",2026-03-12,11,", f",2026-03-12,{place},"))
    assert [d.code for d in said] == codes
    assert orders[1].service_lines[0].place_of_service == place.zfill(2)


@pytest.mark.parametrize(
    ("again", "severities"),
    [("CPT", ["error"]), ("cpt", ["error"]), ("Procedure Code", ["warning"]), ("Dx 1", []), ("Mod", [])],
)
def test_a_column_that_is_there_twice(again, severities):
    text = f"Order ID,Member ID,CPT,Dx 1,Mod,{again}\n1,W1,27447,M54.50,,\n"
    said = [d for d in read(text)[1] if d.code == "ORD025"]
    assert [d.severity.value for d in said] == severities
    for d in said:
        assert "columns 3 (CPT) and 6" in d.message and again in d.message and d.column > 20
