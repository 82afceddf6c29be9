"""What is known of AWS, offline: services, actions, resources and keys, who sends what, issuers, principals, accounts; all of it dated."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    DATE: str
    """The day of the data of `aws/`, made from what AWS documented then."""
else:

    def __getattr__(name):
        if name != "DATE":
            raise AttributeError(f"module `iamlint.knowledge` has no `{name}`")
        from iamlint.knowledge.data import data_date

        return data_date()
