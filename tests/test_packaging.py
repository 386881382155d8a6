"""Files that no program here runs are at least read: container, compose, continuous integration, README."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.domain.terms import CategoryId, QuestionId
from bot.settings import Settings, read_settings
from bot.web import webhook_path
from content.library import check, load_library

ROOT = Path(__file__).parent.parent


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _filled_in(value: str) -> str:
    """A value of the compose file with the defaults of the variables in it, as compose gives it to the service."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)


def test_compose_file_names_only_what_exists():
    """Services build from this folder, keep the data in named volumes and set known variables."""
    compose = yaml.safe_load(_read("docker-compose.yml"))
    service = compose["services"]["starling"]
    assert service["build"] == "."
    mounted = {
        volume.split(":")[0] for entry in compose["services"].values() for volume in entry.get("volumes", ())
    }
    assert mounted == set(compose["volumes"])
    for entry in compose["services"].values():
        if entry.get("build"):
            assert {name.lower() for name in entry["environment"]} <= set(Settings.model_fields)


def test_compose_file_works_with_and_without_an_env_file():
    """A missing .env is no reason for compose to refuse even to build; where to get one is said at the top."""
    text = _read("docker-compose.yml")
    built = [entry for entry in yaml.safe_load(text)["services"].values() if entry.get("build")]
    assert len(built) == 4
    assert all(entry["env_file"] == [{"path": ".env", "required": False}] for entry in built)
    assert "cp .env.example .env" in text.partition("services:")[0]
    assert "cp .env.example .env" in _read("README.md")


def test_single_process_waits_for_postgres_where_there_is_one():
    """With the profile `postgres` the database is ready first; without it, on SQLite, nothing is waited for."""
    services = yaml.safe_load(_read("docker-compose.yml"))["services"]
    assert services["starling"]["depends_on"] == {
        "postgres": {"condition": "service_healthy", "required": False}
    }
    assert "postgres" in services["postgres"]["profiles"]


def test_workers_of_the_compose_file_are_settings_that_start():
    """Two web workers behind a proxy and a scheduler: what each is given is taken, and each waits for the migration."""
    services = yaml.safe_load(_read("docker-compose.yml"))["services"]
    assert services["web"]["deploy"]["replicas"] == 2
    assert services["migration"]["command"] == ["starling", "db", "migrate"]
    for name in ("web", "scheduler"):
        settings = read_settings(
            _env_file=None,
            webhook_secret="from-env-file",
            **{key.lower(): _filled_in(value) for key, value in services[name]["environment"].items()},
        )
        assert settings.role == name
        assert services[name]["depends_on"]["migration"]["condition"] == "service_completed_successfully"
        assert not services[name].get("healthcheck", {}).get("disable"), "the image's own check is theirs"
    assert services["migration"]["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert "pg_isready" in str(services["postgres"]["healthcheck"])


def test_proxy_lets_only_the_webhook_through():
    """The path in WEBHOOK_URL is the one that is handed on; metrics and health stay inside."""
    compose = yaml.safe_load(_read("docker-compose.yml"))
    address = compose["services"]["web"]["environment"]["WEBHOOK_URL"]
    rules = compose["configs"]["proxy"]["content"]
    assert f"handle {webhook_path(address)} {{\n    reverse_proxy web:8080" in rules
    assert "respond 404" in rules
    assert rules.count("reverse_proxy") == 1


def test_dockerfile_copies_what_exists_and_installs_with_the_pins():
    """Every COPY source is in the repository; the command is the console script."""
    lines = _read("Dockerfile").splitlines()
    sources = [word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]]
    assert sources
    assert all((ROOT / source).exists() for source in sources)
    assert any("-c constraints.txt" in line for line in lines)
    assert 'CMD ["starling", "run"]' in lines
    scripts = tomllib.loads(_read("pyproject.toml"))["project"]["scripts"]
    assert scripts["starling"] == "bot.cli:main"


def test_example_settings_are_all_settings():
    """Each variable in .env.example is one that Settings reads, and each that it reads stands there."""
    names = re.findall(r"^([A-Z_]+)=", _read(".env.example"), re.MULTILINE)
    assert sorted(name.lower() for name in names) == sorted(Settings.model_fields)


def test_example_settings_mean_the_defaults(monkeypatch: pytest.MonkeyPatch):
    """The copied file changes nothing until something is written in it."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    assert read_settings(_env_file=ROOT / ".env.example") == read_settings(_env_file=None)


def test_readme_shows_how_to_add_a_question_and_a_category(tmp_path: Path):
    """Whoever copies the examples as they stand, under the names that stand there, has packs without a fault."""
    section = _read("README.md").partition("## Add a question\n")[2].partition("\n## ")[0]
    questions, header = re.findall(r"^```yaml\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
    names = re.findall(r"`my-packs/(\S+\.yaml)`", section)
    assert names == ["failure-and-learning.yaml", "teamwork.yaml"]
    (tmp_path / names[0]).write_text(questions, encoding="utf-8")
    (tmp_path / names[1]).write_text(
        header + questions.replace("failure-late", "teamwork-late"), encoding="utf-8"
    )
    assert check([tmp_path]).problems == []
    assert check([tmp_path]).notes == []
    library = load_library(tmp_path)
    added = library.category_of(QuestionId("failure-late-warning"))
    assert added is not None
    assert added.id == "failure-and-learning"
    assert library.category(CategoryId("teamwork")) is not None


def test_readme_says_how_to_restore():
    """What SQLite left beside the old file would be played into the copy."""
    section = _read("README.md").partition("## Back up\n")[2].partition("\n## ")[0]
    assert "-wal" in section
    assert "-shm" in section


def test_readme_test_command_is_the_one_that_ci_runs():
    """What a reader is told to run is what is run on a clean clone."""
    commands = re.findall(r"^python3 -m venv .*$", _read("README.md"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in _read(".ci/run").splitlines()


def test_readme_names_every_setting():
    """A setting nobody is told of is of no use."""
    readme = _read("README.md")
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in readme] == []


def test_pins_hold_no_addresses():
    """Exact versions only, so that they work with any index."""
    for line in _read("constraints.txt").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.+]+", line), line
