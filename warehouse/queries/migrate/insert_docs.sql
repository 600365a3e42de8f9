-- The documentation of every relation and column.
insert into schema_docs (relation, column_name, unit, meaning)
select relation, column_name, unit, meaning
from staged;
