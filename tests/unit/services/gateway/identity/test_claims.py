import pytest

from services.gateway.identity.claims import RoleMap, person, role_map

VERIFIED = {"email": "Sari@KPU.example", "email_verified": True, "sub": "81"}
GROUPS = "groups: ppid-desk=desk, ppid-admin=administrator, loket=desk"


class TestPerson:
    def test_a_verified_address_names_somebody_in_one_spelling(self):
        assert person(VERIFIED, "email") == "sari@kpu.example"

    @pytest.mark.parametrize("verified", [False, None, "true", 1])
    def test_an_address_that_is_not_verified_names_nobody(self, verified):
        assert person({**VERIFIED, "email_verified": verified}, "email") == ""

    def test_another_claim_needs_no_verifying(self):
        assert person({"nip": "1987 "}, "nip") == "1987"

    @pytest.mark.parametrize("claims", [{}, {"sub": None}, {"sub": 81}, {"sub": ["81"]}])
    def test_what_is_no_text_names_nobody(self, claims):
        assert person(claims, "sub") == ""


class TestRoles:
    def test_nothing_is_mapped_where_nothing_is_configured(self):
        assert not role_map("")
        assert role_map("").role({"groups": ["administrator"]}) is None

    @pytest.mark.parametrize(
        ("groups", "role"),
        [
            (["ppid-desk"], "desk"),
            (["ppid-desk", "loket", "kantin"], "desk"),
            ("ppid-admin", "administrator"),
            (["administrator"], None),
            (["ppid-desk", "ppid-admin"], None),
            ([], None),
            (None, None),
            ([{"ppid-desk": 1}], None),
        ],
    )
    def test_one_mapped_role_counts(self, groups, role):
        assert role_map(GROUPS).role({"groups": groups}) == role

    @pytest.mark.parametrize(
        "text", ["groups", "groups: a", ": a=desk", "groups: a=chief", "groups: =desk"]
    )
    def test_what_is_no_map_stops_the_start(self, text):
        with pytest.raises(ValueError, match="no "):
            role_map(text)

    def test_spaces_do_not_matter(self):
        assert role_map("groups:a=desk") == RoleMap("groups", {"a": "desk"})
