"""Which ARNs are plainly of a form that AWS documents? A look that mostly spares the closer one of `arns`."""

from __future__ import annotations

from functools import cache

from iamlint.knowledge.data import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Names whose grammar has no slash and no colon; other placeholders in the last field can hold both (`${ObjectName}`).
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
# https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
_WITHOUT_DELIMITERS = frozenset({"BucketName", "TableName", "TopicName", "QueueName", "FunctionName", "KeyId", "InstanceId"})
# Topics of MQTT have levels: https://docs.aws.amazon.com/iot/latest/developerguide/topics.html
_OF_IOT = _WITHOUT_DELIMITERS - {"TopicName"}


def without_delimiters(service: str) -> frozenset[str]:
    """The placeholders in ARNs of the service that stand for names without slashes and colons."""
    return _OF_IOT if service == "iot" else _WITHOUT_DELIMITERS


class Names:
    """Names of resources, which are the last fields of ARNs, that some form documents.

    They are told by how they begin, what ends in `*` by less than others; by all up to their last delimiter; by a beginning and what
    stands behind the next part; or as a whole.
    """

    __slots__ = ("_begin", "_begin_open", "_parted", "_up_to", "_whole")

    def __init__(self, names: Iterable[str], refusing: frozenset[str] = _WITHOUT_DELIMITERS) -> None:
        begin: list[str] = []
        begin_open: list[str] = []
        up_to, parted, whole = [], [], []
        for name in names:
            head, gap, rest = name.replace("*", "${}").partition("${")
            placeholder, _, more = rest.partition("}")
            whole.append("*" if gap else name)
            if not gap:
                continue
            if placeholder not in refusing:
                (begin_open if more else begin).append(head)
            elif not more:
                up_to.append(head)
            elif _ends_open(more, refusing):
                parted.append((head, more.partition("${")[0]))
        self._begin, self._begin_open, self._parted = tuple(begin), tuple(begin_open), tuple(parted)
        self._up_to, self._whole = frozenset(up_to), frozenset(whole)

    def have(self, name: str) -> bool:
        """Whether a name, or a pattern of names, is one of them; False says nothing."""
        if name.startswith(self._begin) or (name[-1:] == "*" and name.startswith(self._begin_open)):
            return True
        if name in self._whole or name[: max(name.rfind("/"), name.rfind(":")) + 1] in self._up_to:
            return True
        for head, after in self._parted:
            part, found, _ = name[len(head) :].partition(after)
            if found and name.startswith(head) and "/" not in part and ":" not in part:
                return True
        return False


def _ends_open(rest: str, refusing: frozenset[str]) -> bool:
    """Whether what is left of a form is a text and a placeholder for any."""
    return rest.endswith("}") and rest.count("${") == 1 and rest[rest.index("${") + 2 : -1] not in refusing


EVERY = Names(("*",))
NONE = Names(())


def plain_names(fields: Sequence[str]) -> Names:
    """The names behind these five fields of an ARN in forms that leave the same ones empty.

    The field of the service has no wildcard.
    """
    found = []
    for form, names in _forms(fields[2]).items():
        if all([have == text or (have and text.startswith("${")) for have, text in zip(fields, form, strict=True)]):  # noqa: C419
            found += names
    return Names(found, without_delimiters(fields[2]))


def has_forms(service: str) -> bool:
    """Whether some service documents ARNs that have this one in them."""
    return service in table("arn_formats")


def may_stand_in_arns(service: str) -> bool:
    """Whether ARNs may have this service in them, as far as AWS tells: some are called otherwise in their actions."""
    from iamlint.knowledge.names import is_service
    from iamlint.knowledge.undocumented import is_undocumented_service

    return is_service(service) or has_forms(service) or is_undocumented_service(service)


@cache
def _forms(service: str) -> dict[tuple[str, ...], list[str]]:
    """The last fields of the forms of ARNs that have this service in them, by their first five fields."""
    found: dict[tuple[str, ...], list[str]] = {}
    texts: list[str] = table("arn_formats").get(service, [])
    for text in texts:
        *fields, name = text.split(":", 5)
        found.setdefault(tuple(fields), []).append(name)
    return found
