from base64 import b64decode

import pytest

from contracts.catalogue import SERVICES
from eventlog.settings import MissingSetting, Settings, fill, load

SECRETS = dict.fromkeys(("TERBUKA_VAULT_KEY_FILE", "TERBUKA_SEAL_KEY_FILE", "TERBUKA_LOOKUP_KEY_FILE", "TERBUKA_TOKENS_FILE", "TERBUKA_PEPPER_FILE", "TERBUKA_TRACKING_KEY_FILE"), "/nowhere")  # fmt: skip


class TestFilling:
    def test_a_variable_takes_its_place(self):
        assert fill("at ${HOST}!", {"HOST": "here"}) == "at here!"

    def test_without_the_variable_the_default_stands(self):
        assert fill("at ${HOST:there}!", {}) == "at there!"

    def test_the_variable_is_stronger_than_the_default(self):
        assert fill("${HOST:there}", {"HOST": "here"}) == "here"

    def test_a_default_may_hold_colons_and_slashes(self):
        assert fill("${URI:amqp://a:b@c:1//}", {}) == "amqp://a:b@c:1//"

    def test_a_default_may_be_empty(self):
        assert fill("[${NAME:}]", {}) == "[]"

    def test_a_name_may_have_digits(self):
        assert fill("${S3_URI_2}", {"S3_URI_2": "here"}) == "here"

    def test_an_empty_variable_is_a_value(self):
        assert fill("[${NAME:default}]", {"NAME": ""}) == "[]"

    def test_a_variable_without_default_must_be_set(self):
        with pytest.raises(MissingSetting, match="TERBUKA_KEY"):
            fill("${TERBUKA_KEY}", {})

    def test_several_variables_take_their_places(self):
        assert fill("${A}-${B:2}-${A}", {"A": "1"}) == "1-2-1"

    def test_what_a_variable_holds_is_not_filled_again(self):
        assert fill("${A}", {"A": "${B}"}) == "${B}"

    def test_other_text_is_left_alone(self):
        assert fill("costs $5, {braces}", {}) == "costs $5, {braces}"


class TestLoading:
    @pytest.mark.parametrize("service", SERVICES)
    def test_every_service_has_settings(self, service):
        settings = load(service, SECRETS)

        assert settings.service == service
        assert settings["database_prefix"] == "terbuka"

    def test_numbers_are_numbers(self):
        assert load("register", {"TERBUKA_PREFETCH": "7"})["prefetch"] == 7

    def test_intake_does_not_start_without_its_keys(self):
        with pytest.raises(MissingSetting, match="TERBUKA_VAULT_KEY_FILE"):
            load("intake", {})


class TestSecrets:
    def test_a_secret_is_the_content_of_its_file(self, tmp_path):
        (tmp_path / "key").write_bytes(b"c2VjcmV0\n")

        secret = Settings("intake", {"key_file": tmp_path / "key"}).secret("key_file")

        assert b64decode(secret) == b"secret"

    def test_without_its_file_a_secret_is_missing(self, tmp_path):
        with pytest.raises(MissingSetting, match="key_file"):
            Settings("intake", {"key_file": tmp_path / "none"}).secret("key_file")
