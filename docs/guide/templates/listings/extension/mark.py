from factloom.api.marks import Cell, Label, Mark, Option, Scene, Table, circle, line


def draw(spec, canvas):
    shapes = []
    items = spec.items()
    largest = max(item.size for item in items)
    for row, item in enumerate(items):
        x, y = float(item.size / largest) * canvas.width / 2, 20 + 30 * row
        shapes += [line([(0, y), (x, y)], stroke="c1"), circle(x, y, 5, fill="c1", row=row)]
        shapes.append(Label(x=x + 10, y=y + 5, text=f"{item.label}: {item.short}", size=canvas.text_size))
    return Scene(width=canvas.width, height=20 + 30 * len(items), shapes=tuple(shapes))


def describe(spec):
    return [f"{item.label}: {item.long}" for item in spec.items()]


def tabulate(spec):
    rows = tuple((Cell(item.label), Cell(item.long)) for item in spec.items())
    return Table((spec.word("item"), spec.word("value")), rows)


ROWS = Option(kind="rows", required=True, members={"fact": Option(kind="fact", required=True)})
LOLLIPOP = Mark(options={"rows": ROWS}, draw=draw, describe=describe, tabulate=tabulate)
