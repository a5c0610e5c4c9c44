"""Constructions of everyday instructions: one line a sentence, the steps it means or the error it is.

A step is written `action target = value | condition`; what is missing is left out.
"""

import pytest

READ = """
Be sure to click Save.                                      -> click Save
Start by clicking New.                                      -> click New
Go ahead and click Save & Continue.                         -> click Save & Continue
Sort the list by clicking Status.                           -> click Status
Send it with Bulk Actions > Submit to Plan.                 -> click Bulk Actions/Submit to Plan
The letter opens when you click View Letter.                -> click View Letter
The member ID goes in Subscriber Number.                    -> fill Subscriber Number = coverage.member_id
Lists > Claims, then Search.                                -> click Lists/Claims; click Search
Then Submit.                                                -> click Submit
In the side menu: Billing, Insurers, New Payer.             -> click Billing; click Insurers; click New Payer
With all of it entered, press Calculate; the page refreshes. -> click Calculate
Before you do anything else, click Clear.                   -> click Clear
Starting in the chart, open the Orders tab.                 -> click Orders
Using the Search field, find the claim.                     -> fill Search = claim.number
Click Edit next to the claim.                               -> click Edit = claim.number
Find the claim in the Details table and follow its View link. -> click View = claim.number
Select the claim you are asking about.                      -> click = claim.number
Type the password you were given into Password.             -> fill Password = credentials.password
In the tab Other Requests, click the button Add.            -> click Other Requests; click Add
Press the blue Next button.                                 -> click Next
Click Append Message to Internal Note.                      -> click Append Message to Internal Note
Click Submission, found under Referrals in the Main Menu.   -> click Referrals/Submission
Go to Edit > Billing and Insurance.                         -> click Edit/Billing and Insurance
Click Manage Members, Eligibility, and Verify Member.       -> click Manage Members; click Eligibility; click Verify Member
Open the "Messages" tab (or click Retrieve Messages in the bar). -> click Messages
Open the State drop-down and choose Georgia.                -> select State = Georgia
Choose the Rebill Type.                                     -> select Rebill Type = rebill_type
Choose Medical Records as the attachment type.              -> select attachment type = Medical Records
Set Frequency to Weekly, Monthly or Yearly as authorized.   -> select Frequency = frequency
Put 1 in Units.                                             -> fill Units = 1
Enter "72148" as the procedure code.                        -> fill procedure code = 72148
Enter the patient's last name and first name.               -> fill last name = patient.last_name; fill first name = patient.first_name
Fill in Visits Authorized & Visits Used.                    -> fill Visits Authorized = visits_authorized; fill Visits Used = visits_used
Member ID - enter the member ID.                            -> fill Member ID = coverage.member_id
Date of Birth: MM/DD/YYYY.                                  -> fill Date of Birth = patient.date_of_birth
Enter the NPI for the rendering provider in NPI.            -> fill NPI = rendering_provider.npi
Check the box to agree to the terms of use.                 -> check agree to the terms of use
Tick the box that says I have read the terms.               -> check I have read the terms
Place a check mark next to the member's name.               -> check = patient.name
Make sure the Remember me box is not ticked.                -> uncheck Remember me
Upload what was requested.                                  -> upload = documents
File: upload by drag and drop.                              -> upload File = documents
Browse to the document and click Open.                      -> upload = documents; click Open
Take a screen print of the confirmation page.               -> capture
Hit the Enter key.                                          -> press_key Enter
Look in the Review Status column for where it stands.       -> read Review Status = review_status
Under Clearinghouse, see whether claims are supported.      -> read Clearinghouse = clearinghouse
Check Validation Status for errors.                         -> verify Validation Status
Is the request urgent? Tick Urgent.                         -> check Urgent | the request is urgent
Does the service line have a modifier? Enter it in Modifier. -> fill Modifier = service_lines[].modifiers | the service line has a modifier
For urgent requests, tick Urgent.                           -> check Urgent | for urgent requests
For more details, click View.                               -> click View
Click Load More until it disappears.                        -> repeat | "Load More" disappears; click Load More
Select the payer in Payer if it is listed, otherwise click Add Payer. -> select Payer = coverage.payer | it is listed; click Add Payer | otherwise (not: it is listed)
Only click Retry if the page says "Again".                  -> click Retry | the page says "Again"
Close the alert by clicking OK.                             -> click OK
Wait a few seconds.                                         -> wait | a few seconds
Register for an account with the payer.                     -> human register for an account with the payer
The rest is filled in for you.                              -> note
The system assigns a number.                                -> note
""".strip().split("\n")


def _step(text):
    act, _, condition = text.partition(" | ")
    act, _, value = act.partition(" = ")
    action, _, target = act.strip().partition(" ")
    return action, target.strip(), value.strip(), condition.strip()


def _brief(step):
    target = step["target"]
    value = step["value"] or {}
    return (
        step["action"],
        "/".join(target) if isinstance(target, list) else target or "",
        value.get("ref") or value.get("literal") or "",
        step["condition"] or "",
    )


@pytest.mark.parametrize("line", READ, ids=lambda line: line.partition("->")[0].strip())
def test_a_construction_is_read(sop, line):
    sentence, _, expected = line.partition("-> ")
    assert [_brief(s) for s in sop.flat(sentence.strip())] == [_step(s) for s in expected.split("; ")]


REFUSED = """
Correct whatever is wrong in the invoice.                   SOP011
“Save & Rebill” finishes it.                                SOP013
Any more documentation goes up the same way.                SOP012
Only the last 90 days are shown, so extend the date range.  SOP012
Choose Snip Attachment for Dental Exchange.                 SOP013
Choose Eligibility and Benefits.                            SOP013
Pick the Ordering Provider, and a Supervising Provider too if the order needs one. SOP013
Click the blue hyperlink.                                   SOP012
Expand the left pane.                                       SOP016
Select the option you like best.                            SOP012
Click Select beside the right one.                          SOP014
Read their names.                                           SOP014
Make sure the correct provider is selected.                 SOP012
Enter the patient's weight in kilograms.                    SOP012
Add another service line.                                   SOP016
Enter the tax ID (no dashes) in Tax ID.                     SOP012
Close the tab.                                              SOP012
Key in the provider number when you are asked for a password, and click Next. SOP013
Use This Form.                                              SOP013
""".strip().split("\n")


@pytest.mark.parametrize("line", REFUSED, ids=lambda line: line[:-6].strip())
def test_what_is_unclear_is_an_error(sop, line):
    assert sop.errors(line[:-6].strip()) == [line[-6:]]


@pytest.mark.parametrize("joint", ["-", "–", "—"])  # noqa: RUF001
def test_a_dash_after_an_act_only_tells_more(sop, joint):
    assert [s["action"] for s in sop.flat(f"Click Pay {joint} the page reloads.")] == ["click"]


@pytest.mark.parametrize("arrow", [">", "->", "=>", "→", "›"])
def test_arrows_of_all_kinds_make_a_path(sop, arrow):
    assert [s["target"] for s in sop.flat(f"Go to Claims {arrow} Search.")] == [["Claims", "Search"]]
