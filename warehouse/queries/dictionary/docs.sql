-- The documentation that a file carries, one row per relation and column, in the order in which it was written.
select relation, column_name, unit, meaning
from schema_docs
order by rowid;
