from factloom.api.rules import Finding


def long_labels(edition):
    for fact in edition.facts.values():
        if any(len(text) > 60 for text in fact.label.texts.values()):
            yield Finding(message=f"the label of {fact.id} is long", span=fact.span, help="write a shorter one")
