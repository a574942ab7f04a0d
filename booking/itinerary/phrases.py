"""Example phrases of the Capabilities that edit a plan, written by hand; holes are parameter names."""


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in block.strip().splitlines() if line.strip())


EDITS: dict[str, tuple[str, ...]] = {
    "change_trip_length": _lines("""
        make it {nights} nights
        make the trip {days} days
        make it {days} days instead
        make it {days} days
        change it to {nights} nights
        change the trip to {days} days
        let us stay {nights} nights instead
        can we stay {nights} nights
        we only have {days} days
        shorten the trip to {days} days
        shorten it to {nights} nights
        extend the trip to {days} days
        extend it to {nights} nights
        stretch the plan to {days} days
        {nights} nights would be better
    """),
    "add_day": _lines("""
        add a {theme} day
        add a day
        add one more day
        add another day
        add a day for {theme}
        add an extra day of {theme}
        one more day please
        extend the trip by a day
        stay one day longer
        can we add a {theme} day to the plan
    """),
    "shift_trip": _lines("""
        move the trip to {departure_date}
        shift the trip to {departure_date}
        start the trip on {departure_date} instead
        let the trip start {departure_date}
        move the whole trip to {departure_date}
        change the dates to {departure_date}
        postpone the trip to {departure_date}
        what if we leave on {departure_date} instead
    """),
    "edit_day": _lines("""
        day {day} without {without}
        day {day} but no {without}
        no {without} on day {day}
        regenerate day {day}
        redo day {day}
        replan day {day}
        plan day {day} again
        another plan for day {day}
        give me another day {day}
        make day {day} different
        make day {day} a {theme} day
        make day {day} about {theme}
        more {theme} on day {day}
        change day {day}
    """),
    "swap_item": _lines("""
        swap the {item} on day {day}
        swap {item}
        swap {item} for something else
        replace {item}
        replace the {item} on day {day}
        change the {item} on day {day}
        something else instead of {item}
        give me an alternative to {item}
        exchange the {item} on day {day}
    """),
    "add_to_day": _lines("""
        add {what} to day {day}
        put {what} on day {day}
        add {what} to the plan
        add {what} to the itinerary
        include {what} on day {day}
        can we fit {what} in
        squeeze in {what} on day {day}
        we also want {what} on day {day}
    """),
    "remove_item": _lines("""
        remove {item}
        remove {item} from the plan
        remove the {item} on day {day}
        delete {item}
        drop {item}
        drop the {item} on day {day}
        take {item} off the plan
        take out {item}
        cancel the {item} on day {day}
        scrap {item}
    """),
    "move_item": _lines("""
        move {item} later
        move {item} earlier
        move {item} to day {to_day}
        move {item} to the {to_day} day
        make {item} later
        make {item} earlier
        push {item} back
        have {item} later
        shift {item} to day {to_day}
        move the {item} on day {day} later
        move the {item} on day {day} earlier
        move {item} from day {day} to day {to_day}
        reschedule {item}
    """),
    "lock_item": _lines("""
        lock {item}
        lock the {item} on day {day}
        keep {item} as it is
        keep {item} no matter what
        pin {item}
        do not change {item}
        fix {item} in place
    """),
    "unlock_item": _lines("""
        unlock {item}
        unlock the {item} on day {day}
        unpin {item}
        {item} may change again
    """),
    "undo_trip": _lines("""
        undo
        undo that
        undo the last change
        take that back
        revert that
        go back to the plan before
        bring back the old plan
        restore the previous plan
    """),
    "show_trip": _lines("""
        show the trip
        show the plan
        show our plan
        show me the itinerary
        show us the itinerary again
        what is the plan
        what is on the itinerary
        what are we doing on day {day}
        show day {day}
        what is planned for day {day}
        where are we with the plan
    """),
    "export_trip": _lines("""
        export the trip
        export the itinerary
        export the plan as {format}
        send me the itinerary as a file
        download the itinerary
        give me the plan as a file
        save the itinerary as {format}
    """),
    "review_trip": _lines("""
        what do you think
        what do you think of the plan
        what do you think about this itinerary
        do you like the plan
        your opinion on the trip
        review the plan
        review our itinerary
        what would you change
        what would you do differently
        any comments on the plan
        do you agree with this plan
        is this a good plan
    """),
}
