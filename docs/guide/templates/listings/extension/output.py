def plain_list(edition, texts):
    for code, words in texts.items():
        lines = (f"{words.label(fact)}: {words.value(fact)}\n" for fact in edition.facts.values())
        yield f"{code}.txt", "".join(lines)
