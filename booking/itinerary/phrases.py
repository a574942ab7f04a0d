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
        day {day} without any {without}
        day {day} with no {without}
        plan day {day} without {without}
        make day {day} without {without}
        i want day {day} without {without}
        take the {without} off day {day}
        {theme} on day {day} please
        turn day {day} into a {theme} day
        make day {day} more about {theme}
        i do not like day {day}
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
        replace {item} with something else
        swap {item} with something else
        can we swap {item}
        can we replace {item}
        swap {item} on day {day}
        exchange {item}
        replace {item} on day {day}
        something other than {item}
        find something else instead of {item}
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
        can we add {what} to day {day}
        can we add {what} to the plan
        can we fit {what} in
        add a {what} to day {day}
        add some {what} on day {day}
        add {what} on day {day}
        put a {what} on day {day}
        add {what} to our trip
        add {what} to the trip
        include {what} in the plan
        include {what} in the itinerary
        fit {what} into day {day}
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
        can we drop {item}
        can we skip {item} on day {day}
        remove {item} on day {day}
        remove {item} from day {day}
        remove {item} from the trip
        remove {item} from the itinerary
        delete {item} from the plan
        delete {item} on day {day}
        drop {item} on day {day}
        drop {item} from the plan
        take {item} off day {day}
        take {item} out of the plan
        take {item} off the itinerary
        skip {item} on day {day}
        cancel {item} on day {day}
        we do not want {item} on day {day}
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
    "move_later": _lines("""
        can we move {item} later
        can we have {item} later
        move {item} on day {day} later
        have {item} on day {day} later
        make {item} on day {day} later
        push {item} back on day {day}
        shift {item} later
        start {item} later
        move {item} later
        make {item} later
        have {item} later
        move the {item} on day {day} later
        push {item} back
        delay {item}
    """),
    "move_earlier": _lines("""
        can we move {item} earlier
        can we have {item} earlier
        move {item} on day {day} earlier
        have {item} earlier
        have {item} on day {day} earlier
        make {item} on day {day} earlier
        bring {item} forward
        shift {item} earlier
        start {item} earlier
        move {item} earlier
        make {item} earlier
        move the {item} on day {day} earlier
    """),
    "move_item": _lines("""
        can we move {item} to {to}
        can we move {item} to day {to_day}
        move {item} to {to}
        move {item} on day {day} to {to}
        move {item} on day {day} to day {to_day}
        put {item} at {to}
        put {item} on day {to_day} instead
        move {item} to day {to_day}
        move {item} to the {to_day} day
        shift {item} to day {to_day}
        move {item} from day {day} to day {to_day}
        reschedule {item}
    """),
    "lock_item": _lines("""
        lock {item} on day {day}
        keep {item} on day {day} as it is
        do not touch {item}
        leave {item} as it is
        pin {item} on day {day}
        lock {item}
        lock the {item} on day {day}
        keep {item} as it is
        keep {item} no matter what
        pin {item}
        do not change {item}
        fix {item} in place
    """),
    "unlock_item": _lines("""
        unlock {item} on day {day}
        unlock {item}
        unlock the {item} on day {day}
        unpin {item}
        {item} may change again
    """),
    "undo_trip": _lines("""
        undo it
        undo my last change
        undo the change
        put it back
        put it back as it was
        change it back
        i want the old plan back
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
        what is on day {day}
        what are we doing on day {day}
        what is planned for day {day}
        what happens on day {day}
        can you show day {day}
        show me day {day}
        show us day {day}
        what is on day {day}
        what do we do on day {day}
        what happens on day {day}
        the plan for day {day}
        show our trip
        show me the plan
        show the itinerary
        show us the plan again
        what does the plan look like
        what does our trip look like now
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
        export the itinerary as {format}
        export the trip as {format}
        send us the itinerary as {format}
        give me the itinerary as {format}
        download the plan as {format}
        save the plan as {format}
        the itinerary as a {format} file
        export the trip
        export the itinerary
        export the plan as {format}
        send me the itinerary as a file
        download the itinerary
        give me the plan as a file
        save the itinerary as {format}
    """),
    "review_trip": _lines("""
        what do you think of it
        what do you think of this plan
        what do you think about the plan
        what do you think of our plan
        what do you think of this itinerary
        what do you think of the trip
        do you like this plan
        do you like our plan
        do you like it
        your opinion on the plan
        what is your opinion of the plan
        any thoughts on the plan
        give us your opinion on the plan
        how would you change the plan
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
        do you agree
        do you agree with that
        what would you do
        what would you do instead
        is this a good plan
    """),
}
