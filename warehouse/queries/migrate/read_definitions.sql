-- The digest of the definitions that the file carries. No row before the first were applied.
select sha256
from applied_definitions;
