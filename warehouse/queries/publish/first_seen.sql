-- From when to when the articles of the file were first seen: one row, NULL where there are none.
select min(first_seen_at) as first_seen_from, max(first_seen_at) as first_seen_to
from articles;
