"""What forms would send if nobody typed, what somebody sent, and the same written back: plain texts to compare."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from announcements.forms.releases import ComponentsField
from announcements.forms.sources import ListedSources, SourceReferenceField
from announcements.merging import Merge, Row, Rows, Texts
from announcements.models import Source
from announcements.openness import UNKNOWN

MOST_ROWS = 1000

LISTED = "listed sources"
"""The key of the row that says which source each number meant on a page that only names them."""


def texts(field: Any, value: Any) -> Texts:
    """A field's value, initial or as sent, as a form would send it; nothing is no text at all.

    A recorded source is "=" and its key, a component its slug, "=" and how available it is.
    """
    widget = getattr(field.widget, "widget", field.widget)
    if isinstance(field, SourceReferenceField):
        value = f"={value}" if isinstance(value, int) else value
    elif isinstance(field, ComponentsField):
        value = [f"{slug}={known}" for slug, known in (value or {}).items() if known != UNKNOWN]
    elif isinstance(widget, forms.CheckboxInput):
        value = "on" if value else ""
    else:
        value = widget.format_value(field.prepare_value(value))
    several = value if isinstance(value, (list, tuple)) else [value]
    return sorted(text for each in several if each is not None and (text := _plain(each)))


def _plain(value: Any) -> str:
    return str(value).replace("\r\n", "\n").strip()


def content(form: Any, formset: Any = None) -> dict[str, Any]:
    """The fields of a form that say something, without those by which a list of forms keeps its rows."""
    keeping = (
        {formset.model._meta.pk.name, formset.fk.name, "DELETE"} if formset is not None else set()
    )
    return {name: field for name, field in form.fields.items() if name not in keeping}


def started(form: Any, formsets: Iterable[Any]) -> Rows:
    """What forms for saved rows would send if nobody typed into them."""
    formsets = list(formsets)
    rows = {"": _initial(form)}
    for formset in formsets:
        for row in formset.initial_forms:
            rows[f"{formset.prefix}/{row.instance.pk}"] = _initial(row, formset)
    if listed := listed_elsewhere(formsets):
        rows[LISTED] = {"sources": [str(source.pk) for source in listed.saved]}
    return rows


def _initial(form: Any, formset: Any = None) -> Row:
    return {
        name: texts(field, form.get_initial_for_field(field, name))
        for name, field in content(form, formset).items()
    }


def listed_elsewhere(formsets: Iterable[Any]) -> ListedSources | None:
    """The list that numbers of sources mean, where it is not part of the page itself."""
    prefixes = {formset.prefix: formset for formset in formsets}
    if ListedSources.PREFIX in prefixes:
        return None
    desks = (formset.form_kwargs.get("desk") for formset in prefixes.values())
    return next((desk.listed for desk in desks if desk), None)


class Sent:
    """What was sent for a form and the lists of forms below it, which are given as they stand now."""

    def __init__(self, data: QueryDict, form: Any, formsets: Iterable[Any], base: Rows) -> None:
        self.data, self.form, self.base = data, form, base
        self.formsets = {formset.prefix: formset for formset in formsets}
        self.prototypes = {prefix: one.empty_form for prefix, one in self.formsets.items()}
        if (listed := listed_elsewhere(self.formsets.values())) and LISTED in base:
            # A number meant what the page showed, whatever the list has become.
            keys = [int(key) for key in base[LISTED]["sources"]]
            found = Source.objects.in_bulk(keys)
            listed.__dict__["saved"] = [found[key] for key in keys if key in found]

    def fields(self, key: str) -> dict[str, Any]:
        """The fields of the row with this key."""
        prefix = key.partition("/")[0]
        if not prefix:
            return content(self.form)
        if prefix not in self.formsets:
            return {}
        return content(self.prototypes[prefix], self.formsets[prefix])

    def rows(self) -> Rows:
        """The saved rows as they were sent, without those to be removed; not sent is not changed."""
        rows = {key: row for key, row in self.base.items() if key}
        rows[""] = self._read("", "")
        for prefix, formset in self.formsets.items():
            for index in range(self._number(prefix, "INITIAL_FORMS")):
                key = f"{prefix}/{self.data.get(f'{prefix}-{index}-{formset.model._meta.pk.name}', '')}"
                if self.data.get(f"{prefix}-{index}-DELETE"):
                    rows.pop(key, None)
                else:
                    rows[key] = self._read(key, f"{prefix}-{index}-")
        return rows

    def _number(self, prefix: str, what: str) -> int:
        return min(int(str(self.data[f"{prefix}-{what}"])), MOST_ROWS)

    def _read(self, key: str, before: str) -> Row:
        row = {}
        for name, field in self.fields(key).items():
            raw = field.widget.value_from_datadict(self.data, {}, before + name)
            row[name] = self._reference(field, raw) or texts(field, field.bound_data(raw, None))
        return row

    def _reference(self, field: Any, raw: Any) -> Texts:
        if not isinstance(field, SourceReferenceField):
            return []
        try:
            named = field.to_python(raw)
        except ValidationError:
            # Among other rows the number could mean something; as typed it meant nothing.
            return [f"{raw}?" if str(raw).strip("#[] ").isdigit() else str(raw)]
        return [f"={named.pk}"] if isinstance(named, Source) else [named] if named else []

    def written(self, merged: Merge, again: Rows) -> QueryDict:
        """The same as if what was merged had been sent, then ``again`` as new rows and those sent as new."""
        removed = {one.row for one in merged.conflicts if one.mine is None}
        kept = {key: row for key, row in merged.rows.items() if key not in removed}
        data = self.data.copy()
        for name, values in self._texts("", "", merged.rows[""]):
            data.setlist(name, values)
        for prefix, formset in self.formsets.items():
            for name in [name for name in data if name.startswith(f"{prefix}-")]:
                if name.removeprefix(f"{prefix}-")[:1].isdigit():
                    del data[name]
            saved = self._write_saved(data, prefix, formset, kept)
            new = self._write_new(data, prefix, saved, again)
            data[f"{prefix}-INITIAL_FORMS"] = str(saved)
            data[f"{prefix}-TOTAL_FORMS"] = str(saved + new)
        return data

    def _write_saved(self, data: QueryDict, prefix: str, formset: Any, kept: Rows) -> int:
        """Write the rows that are there now, those not kept as rows to be removed; return their number."""
        for index, row in enumerate(formset.initial_forms):
            key, before = f"{prefix}/{row.instance.pk}", f"{prefix}-{index}-"
            data[before + formset.model._meta.pk.name] = str(row.instance.pk)
            data[before + formset.fk.name] = str(formset.instance.pk)
            if key not in kept:
                data[before + "DELETE"] = "on"
            for name, values in self._texts(key, before, kept.get(key) or _initial(row, formset)):
                data.setlist(name, values)
        return len(formset.initial_forms)

    def _write_new(self, data: QueryDict, prefix: str, start: int, again: Rows) -> int:
        """Write new rows from this index on; return their number."""
        back = [row for key, row in again.items() if key.startswith(f"{prefix}/")]
        for index, row in enumerate(back, start):
            for name, values in self._texts(f"{prefix}/", f"{prefix}-{index}-", row):
                data.setlist(name, values)
        first, end = (self._number(prefix, what) for what in ("INITIAL_FORMS", "TOTAL_FORMS"))
        for index, sent in enumerate(range(first, end), start + len(back)):
            self._copy_new(data, prefix, sent, index)
        return len(back) + max(0, end - first)

    def _copy_new(self, data: QueryDict, prefix: str, sent: int, index: int) -> None:
        before, after = f"{prefix}-{sent}-", f"{prefix}-{index}-"
        for name in self.data:
            if name.startswith(before):
                data.setlist(after + name.removeprefix(before), self.data.getlist(name))
        row = self._read(prefix + "/", before)
        fields = self.fields(prefix + "/").items()
        for name in (name for name, field in fields if isinstance(field, SourceReferenceField)):
            data[after + name] = self._address(*row[name])

    def _texts(self, key: str, before: str, row: Row) -> Iterator[tuple[str, list[str]]]:
        for name, field in self.fields(key).items():
            values = row.get(name, [])
            if isinstance(field, ComponentsField):
                for slug, _, known in (value.partition("=") for value in values):
                    yield f"{before}{name}-{slug}", [known]
            elif isinstance(field, SourceReferenceField):
                yield before + name, [self._address(*values)]
            elif getattr(
                getattr(field.widget, "widget", field.widget), "allow_multiple_selected", 0
            ):
                yield before + name, values
            elif values or not isinstance(field.widget, forms.CheckboxInput):
                yield before + name, values or [""]
            else:
                yield before + name, []

    def _address(self, text: str = "") -> str:
        if not text.startswith("="):
            return text
        return Source.objects.values_list("url", flat=True).filter(pk=text[1:]).first() or ""

    # Words

    def label(self, key: str, name: str) -> str:
        field = self.fields(key).get(name)
        return str(field.label or name.replace("_", " ")).capitalize() if field else ""

    def words(self, key: str, name: str, values: Texts) -> str:
        """The texts of a field as a person reads them."""
        field = self.fields(key)[name]
        return ", ".join(self._word(field, value) for value in values) or "(empty)"

    def _word(self, field: Any, value: str) -> str:
        if isinstance(field, SourceReferenceField) and value.startswith("="):
            return str(Source.objects.filter(pk=value[1:]).first() or "a source that is gone")
        if isinstance(field, forms.ModelChoiceField):
            rows: Any = field.queryset
            named = rows.filter(pk=value).first() if value.isascii() and value.isdigit() else None
            return field.label_from_instance(named) if named else value
        if isinstance(field, forms.ChoiceField):
            return str(dict(_flat(field.choices)).get(value, value))
        if isinstance(field, ComponentsField):
            return value.replace("=", ": ")
        return "yes" if value == "on" and isinstance(field, forms.BooleanField) else value


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, name in choices:
        if isinstance(name, (list, tuple)):
            yield from _flat(name)
        else:
            yield str(value), name
