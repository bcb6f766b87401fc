"""The API's description names what this room offers."""


def test_the_api_describes_the_reads_and_the_actions_of_filings(client, db):
    described = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/filings/{code}/results", "/api/filings/forms", "/api/actions/filings.deposit"} <= described.keys()
