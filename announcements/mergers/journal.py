"""What is done to rows while two records are merged, written down so that it can be undone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from announcements.mergers.fields import Values, stored

Step = dict[str, Any]


def model_of(step: Step) -> Any:
    return apps.get_model("announcements", step["model"])


@dataclass
class Journal:
    """Writes rows through the managers that tell their watchers, and notes each write as a step."""

    steps: list[Step] = field(default_factory=list)

    def move(self, model: Any, column: str, to: Any, rows: Any) -> None:
        """Have rows name another record in a column."""
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            before = rows.values_list(column, flat=True).first()
            rows.update(**{column: to.pk})
            self._note("move", model, column=column, keys=keys, **{"from": before, "to": to.pk})

    def relink(self, accessor: str, absorbed: Any, kept: Any) -> None:
        """Hand many-to-many links over."""
        links, others = getattr(absorbed, accessor), getattr(kept, accessor)
        linked = set(links.order_by().values_list("pk", flat=True))
        shared = linked & set(others.order_by().values_list("pk", flat=True))
        if linked:
            others.add(*linked - shared)
            links.clear()
            self._note(
                "relink",
                type(kept),
                accessor=accessor,
                moved=sorted(linked - shared),
                shared=sorted(shared),
                **{"from": absorbed.pk, "to": kept.pk},
            )

    def drop(self, row: Any) -> None:
        """Delete a row that another one stands for now."""
        self._note("drop", type(row), row=stored(row))
        row.delete()

    def add(self, model: Any, **values: Any) -> None:
        row = model.objects.create(**values)
        self._note("add", model, row=stored(row))

    def change(self, row: Any, values: Values) -> None:
        """Write values into a row, by column; what it has already is left alone."""
        before = stored(row)
        after = {column: value for column, value in values.items() if before[column] != value}
        if after:
            type(row).objects.filter(pk=row.pk).update(**after)
            self._note(
                "change",
                type(row),
                key=row.pk,
                before={column: before[column] for column in after},
                after=after,
            )

    def _note(self, do: str, model: Any, **facts: Any) -> None:
        self.steps.append({"do": do, "model": model._meta.model_name, **facts})


def announcements_in(steps: list[Step]) -> Iterator[int]:
    """The keys of the announcements that steps moved or linked themselves."""
    for step in steps:
        if step["do"] == "move" and step["model"] == "announcement":
            yield from step["keys"]
        if step["do"] == "relink":
            yield from step["moved"]
            yield from step["shared"]
