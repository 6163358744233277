"""Which files are meant by the paths that were given."""

from pathlib import Path

from factory_crm.reading.folder import find_workbooks


def made(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_folder_is_searched_through_for_what_looks_like_a_workbook(tmp_path: Path) -> None:
    made(tmp_path, "b.xlsx", "a/一分厂.XLSX", "c.xls", "d.csv", "readme.txt", ".hidden.xlsx", "~$b.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    assert [found.name for found in find_workbooks([tmp_path])] == [
        "a/一分厂.XLSX",
        "b.xlsx",
        "c.xls",
        "d.csv",
        "~$b.xlsx",
    ]


def test_file_given_by_name_counts_whatever_it_is_called(tmp_path: Path) -> None:
    made(tmp_path, "report.dat")
    assert [found.name for found in find_workbooks([tmp_path / "report.dat", tmp_path / "missing.xlsx"])] == [
        "missing.xlsx",
        "report.dat",
    ]


def test_file_is_read_once_however_it_is_reached(tmp_path: Path) -> None:
    made(tmp_path, "a/b.xlsx")
    paths = [tmp_path, tmp_path / "a", tmp_path / "a" / "b.xlsx", tmp_path / "a" / ".." / "a" / "b.xlsx"]
    assert [found.name for found in find_workbooks(paths)] == ["a/b.xlsx"]


def test_files_of_one_name_are_called_by_their_whole_path(tmp_path: Path) -> None:
    made(tmp_path, "一/a.xlsx", "二/a.xlsx", "二/b.xlsx")
    names = [found.name for found in find_workbooks([tmp_path / "一", tmp_path / "二"])]
    assert names == sorted(["b.xlsx", (tmp_path / "一/a.xlsx").as_posix(), (tmp_path / "二/a.xlsx").as_posix()])
