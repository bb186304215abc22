"""What views hold, and what they should."""

import bson

from contracts.envelope import causal_order


def documents(views, number=None):
    """Everything that a generation shows, by view and entity, but for the position it shows it at."""
    return {
        (view.name, row["_id"]): {name: row[name] for name in row if name != "position"}
        for view in views.views
        for row in views.collection(view.name, number).find()
    }


def folded(views, events):
    """What a set of events should look like in views: each entity's events, folded in causal order."""
    expected = {}
    for subject in {each.subject for each in events}:
        about = causal_order(each for each in events if each.subject == subject)
        for view in views.views:
            content = view.fold(about) if view.shows(subject) else None
            if content is not None:
                expected[view.name, subject] = stored({"_id": subject, **content})
    return expected


def stored(document):
    """A document as it comes back from the database: lists, not tuples."""
    return bson.decode(bson.encode(document))


def distinct(events):
    """Each event once."""
    return list({each.id: each for each in events}.values())
