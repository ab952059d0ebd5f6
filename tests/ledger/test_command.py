import subprocess
import sys

import pytest

from tests.ledger.village import write_village
from wugeyi.engines.ledger.command import main
from wugeyi.engines.ledger.reading import read
from wugeyi.engines.ledger.records import Month
from wugeyi.engines.ledger.texts_command import COMMAND


@pytest.fixture
def folder(tmp_path):
    return str(write_village(tmp_path / "village"))


def test_check_tells_the_head(folder, capsys):
    assert main(["check", folder], language="en") == 0
    told = capsys.readouterr()
    assert "4 vouchers, no errors" in told.err
    assert told.out.startswith("V1 4 ")


def test_the_trial_balance_ends_in_nothing(folder, capsys):
    assert main(["balance", folder], language="zh") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "科目\t名称\t期初\t借方\t贷方\t期末"
    bank = "\t500,000.00\t143,000.00\t158,000.00\t485,000.00"
    assert f"102\t银行存款{bank}" in lines
    assert f"1020101\t基本户{bank}" in lines
    assert lines[-1] == "\t合计\t0.00\t301,000.00\t301,000.00\t0.00"


def test_statements_say_that_they_are_recalled(folder, capsys):
    words = ["statements", folder, "--from", "2024-02-01", "--until", "2024-02-29"]
    assert main(words, language="zh") == 0
    told = capsys.readouterr()
    assert "经营收入\t143,000.00\t143,000.00" in told.out
    assert "资产总计\t643,000.00\t500,000.00" in told.out
    assert "负债和所有者权益总计\t643,000.00\t500,000.00" in told.out
    assert "未与制度原文核对" in told.err


def test_a_year_is_distributed_and_closed(folder, tmp_path, capsys):
    shared, closed = str(tmp_path / "shared"), tmp_path / "closed"
    assert main(["distribute", folder, "--out", shared], language="en") == 0
    out = capsys.readouterr().out
    # The worked example of test_distribution.
    assert "losses made up\t20,000.01" in out
    assert "to the reserve\t24,000.00" in out
    assert "to members\t55,999.99" in out
    assert "M7\tH4\t3/2\t11,999.99\t11/14\t0.00\t11,999.99" in out
    assert main(["close", shared, "--out", str(closed)], language="en") == 0
    told = capsys.readouterr()
    assert "2024-12 is closed; 1 vouchers." in told.err
    kept, found = read(closed)
    assert found == ()
    assert kept.book.closed == Month(2024, 12)
    assert [each.kind for each in kept.book.vouchers[4:]] == [
        "closing",
        "closing",
        "closing",
        "ordinary",
        "ordinary",
        "closing",
    ]
    assert main(["close", str(closed), "--month", "2024-12"], language="en") == 1
    assert "2025-01 comes first" in capsys.readouterr().err


def test_more_than_there_is_is_not_distributed(folder, capsys):
    words = ["distribute", folder, "--members", "60000", "--other", "奖励=1.5"]
    assert main(words, language="en") == 1
    assert "4,001.51 yuan more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "begins"),
    [("beancount", "option "), ("ledger", "; 下坝村"), ("csv", "年度,凭证号")],
)
def test_a_book_is_given_to_other_programs(folder, capsys, name, begins):
    assert main(["export", folder, "--as", name]) == 0
    assert capsys.readouterr().out.startswith(begins)


def test_what_cannot_be_used_is_told_without_a_traceback(folder, tmp_path, capsys):
    table = tmp_path / "village" / "vouchers.csv"
    text = table.read_text(encoding="utf-8-sig")
    table.write_text(text.replace("143000.00", "143000.005", 1), encoding="utf-8")
    assert main(["balance", folder], language="zh") == 1
    told = capsys.readouterr()
    assert "最多两位小数" in told.err
    assert told.out == ""
    assert main(["check", str(tmp_path / "none")], language="zh") == 1
    assert "打不开" in capsys.readouterr().err
    for words in (["nonsense"], ["close", folder, "--month", "x"]):
        assert main(words) == 2
    (tmp_path / "village" / "book.toml").write_text('code = "V1"', encoding="utf-8")
    assert main(["check", folder], language="en") == 1


def test_a_book_without_a_charter_is_not_distributed(folder, tmp_path, capsys):
    (tmp_path / "village" / "book.toml").write_text('code = "V1"\nregime = "2023"')
    assert main(["distribute", folder], language="en") == 1
    assert "reserve_share" in capsys.readouterr().err


def test_every_sentence_is_there_in_both_languages():
    assert all(len(texts) == 2 and all(texts) for texts in COMMAND.values())


def test_help_and_importing_load_nothing_but_the_standard_library():
    code = (
        "import sys; import wugeyi.engines.ledger as l; [getattr(l, n) for n in dir(l)];"
        "from wugeyi.engines.ledger.command import main; main(['--help']);"
        "sys.exit(bool({'numpy', 'numba', 'django', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True)
    assert done.returncode == 0, done.stderr
