"""The shared strings of a workbook: the table grows until the last sheet is written, and all strings are plain."""

from .backend import Packager, SharedStrings, SharedStringTable


class SharedTexts(SharedStringTable):
    """The table of shared strings, which sheets may still add to while they are written."""

    def _get_shared_string_index(self, string: str) -> int:
        self.count += 1
        return self.place(string)

    def _sort_string_data(self) -> None:
        """Sort nothing: the texts stand in order already."""

    def place(self, text: str) -> int:
        """Return where a text stands, without counting it as used."""
        index = self.string_table.setdefault(text, self.unique_count)
        if index == self.unique_count:
            self.string_array.append(text)
            self.unique_count += 1
        return index


class _PlainStrings(SharedStrings):
    def _xml_rich_si_element(self, string: str) -> None:
        """Write a text that somebody began with <r> and ended with </r> as the text it is; XlsxWriter takes it for markup."""
        self._xml_si_element(string)


class PlainPackager(Packager):
    """Packs a workbook that has no texts of several formats."""

    def _write_shared_strings_file(self) -> None:
        part = _PlainStrings()
        part.string_table = self.workbook.str_table
        if part.string_table.count:
            part._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as XlsxWriter does it
            part._assemble_xml_file()  # noqa: SLF001 - likewise
