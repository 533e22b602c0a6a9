"""What packages that extend the generator may import; all else may change at any time.

An extension is a Python package that is installed beside `factloom` and names its entry points:

    [project.entry-points."factloom.marks"]    # a name is a chart's `mark`; the object is a Mark
    lollipop = "my_package:LOLLIPOP"
    [project.entry-points."factloom.outputs"]  # a name is one of `outputs` in report.yml; the object is a function
    plain_list = "my_package:plain_list"
    [project.entry-points."factloom.rules"]    # a name with a hyphen stands in findings; the object is a function
    short-labels = "my_package:short_labels"

    factloom.api.marks: Mark, what it says of its keys, and what it draws with
    factloom.api.outputs: the edition and the texts that a function for an output is given
    factloom.api.rules: the edition that a rule is given, and Finding

A name that the generator or another package has, and what cannot be imported, is an error of `check`. What an extension made is
made again when its version changes.
"""
