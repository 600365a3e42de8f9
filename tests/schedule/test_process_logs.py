import subprocess
import sys

from flows.process_logs import cut_log

TALKER = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"


def test_a_log_that_has_grown_too_large_begins_anew_while_its_process_writes_on(tmp_path):
    log = tmp_path / "server.log"
    with (
        log.open("ab") as output,
        subprocess.Popen([sys.executable, "-c", TALKER], stdin=subprocess.PIPE, stdout=output, text=True) as talker,
    ):
        print("long ago " * 20, file=talker.stdin, flush=True)
        while log.stat().st_size < 100:
            pass  # pytest-timeout ends it
        cut_log(log, 100)
        print("now", file=talker.stdin, flush=True)
        talker.stdin.close()

    assert log.read_text(encoding="utf-8") == "now\n"
    assert (tmp_path / "server.log.1").read_text(encoding="utf-8").startswith("long ago")


def test_a_log_of_the_size_allowed_is_left_alone(tmp_path):
    log = tmp_path / "server.log"
    log.write_bytes(b"x" * 100)
    cut_log(log, 100)

    assert log.stat().st_size == 100
    assert not (tmp_path / "server.log.1").exists()
