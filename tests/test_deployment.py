"""What runs the service elsewhere: it names what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from search_service.cli import main
from search_service.settings import settings_rows

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "scripts" / "deploy"
OF_LIBRARIES = {"NUMBA_CACHE_DIR", "NUMBA_CPU_NAME", "PATH"}


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE))


def test_what_is_deployed_is_what_is_tested() -> None:
    everything = pinned(ROOT / "requirements.lock")

    deployed = pinned(DEPLOY / "requirements.lock")

    assert deployed.items() <= everything.items()
    assert {"whoosh-reloaded", "numba", "uvicorn", "prometheus-client"} <= deployed.keys()
    assert not {"pytest", "ruff", "hypothesis", "tantivy"} & deployed.keys()


def test_the_image_copies_what_is_there() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)

    assert all((ROOT / name).exists() for names in copied for name in names.split())


def test_each_unit_runs_a_command_that_there_is() -> None:
    units = sorted(DEPLOY.glob("*.service"))

    run = {
        unit.stem: re.findall(r"^ExecStart=\S+/minutes-search (\S+)", unit.read_text(), re.MULTILINE)
        for unit in units
    }

    assert run == {
        "minutes-search": ["serve"],
        "minutes-search-reindex": ["reindex"],
        "minutes-search-verify": ["verify"],
    }
    assert {name for (name,) in run.values()} <= set(main.list_commands(click.Context(main)))


def test_each_timer_has_a_unit_and_is_in_the_instructions() -> None:
    instructions = (DEPLOY / "README.md").read_text()

    for timer in DEPLOY.glob("*.timer"):
        assert timer.with_suffix(".service").is_file()
        assert timer.name in instructions


def test_the_variables_that_are_set_are_settings() -> None:
    known = {row.variable for row in settings_rows()}
    set_in = {
        path.name: set(re.findall(r"^(?:ENV |    )?([A-Z_]{4,})=", path.read_text(), re.MULTILINE))
        for path in (DEPLOY / "Dockerfile", DEPLOY / "minutes-search.env")
    }

    for name, found in set_in.items():
        assert len(found) > 3, name
        assert found <= known | OF_LIBRARIES, name


def test_nothing_in_the_image_runs_as_root() -> None:
    last = (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]

    assert re.search(r"^USER minutes$", last, re.MULTILINE)
    assert last.index("USER minutes") < last.index("ENTRYPOINT")
    assert "minutes-index:/var/lib/minutes-search:ro" in (DEPLOY / "README.md").read_text()


def test_the_container_believes_the_gateway_of_the_network_that_it_is_started_in() -> None:
    instructions = (DEPLOY / "README.md").read_text().replace("\\\n", "")
    [(gateway, network)] = re.findall(
        r"^docker network create .*--gateway (\S+) (\S+)$", instructions, re.MULTILINE
    )
    [started] = re.findall(r"^docker run -d .*$", instructions, re.MULTILINE)

    given = dict(re.findall(r"-e (\w+)=(\S+)", started))

    assert f"--network {network} " in started
    assert given["MINUTES_TRUSTED_PROXIES"] == gateway
    assert given.keys() <= {row.variable for row in settings_rows()}


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed")
def test_nginx_takes_its_example(tmp_path: Path) -> None:
    main = tmp_path / "nginx.conf"
    example = (DEPLOY / "nginx.conf").read_text().replace("listen 80", "listen 127.0.0.1:18080")
    main.write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{example}}}\n"
    )

    said = subprocess.run(["nginx", "-t", "-c", str(main)], capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_proxies_ask_where_the_service_listens(name: str) -> None:
    port = next(row.default for row in settings_rows() if row.field == "port")

    assert f"127.0.0.1:{port}" in (DEPLOY / name).read_text()
