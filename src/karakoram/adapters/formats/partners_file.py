"""Which operators sell to us over an interface, and how do we log in there?

A file of TOML that the operator keeps: a table ``[contact]``, and one for each partner, named after
the operator. A secret stands elsewhere: in a variable of the environment, or in a file of its own.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from karakoram.adapters.formats.text_files import file_finding, read_text
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import OperatorId
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.configurations import configuration
from karakoram.usecases.buy.partner_ports import (
    OfferedLeg,
    PartnerAccount,
    PartnerContact,
    PartnerTerms,
)

FILE_BYTES_MAX = 256 * 2**10
SECRET_BYTES_MAX = 4_096
TABLE = "partners"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Where plain HTTP leaves no machine."""

_Word = Annotated[str, Field(min_length=1, max_length=200)]


class _Table(BaseModel):
    """A table of the file; a key that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


TableT = TypeVar("TableT", bound=_Table)


class _Contact(_Table):
    name: _Word
    email: _Word
    number: _Word


class _Offering(_Table):
    offering: _Word
    passed: list[_Word] = ["term_months"]
    fixed: dict[str, _Word] = {}


class _Partner(_Table):
    url: _Word
    buyer_id: _Word
    seller_id: _Word | None = None
    client_id: _Word
    client_secret_env: _Word | None = None
    client_secret_file: _Word | None = None
    token_url: _Word | None = None
    timeout_s: Annotated[float, Field(gt=0, le=600, allow_inf_nan=False)] = 30.0
    sites: dict[str, _Word] = {}
    offerings: dict[str, _Offering] = {}


_KEYS: Mapping[type[BaseModel], tuple[str, ...]] = {
    _Contact: tuple(_Contact.model_fields),
    _Offering: tuple(_Offering.model_fields),
    _Partner: tuple(_Partner.model_fields),
}
_RIGHT: Mapping[str, str] = {
    "missing": "is missing; add it",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must have 200 characters or fewer",
    "float_type": "must be a number of seconds",
    "greater_than": "must be more than 0",
    "less_than_equal": "must be 600 or less",
    "finite_number": "must be a number of seconds",
    "list_type": "must be a list of words in brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
}
"""What would be right, by the kind of mistake."""


@dataclass(frozen=True, slots=True)
class PartnersFile:
    """The partners in a file."""

    path: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def read_accounts(self) -> tuple[PartnerAccount, ...]:
        """The partners, by operator; no secret is shown by any finding.

        Raises
        ------
        InvalidDataError
            With every finding.
        """
        text = read_text(
            self.path.parent,
            self.path.name,
            bytes_max=FILE_BYTES_MAX,
            holds="it has a table [contact], and one for each partner",
        )
        if isinstance(text, Finding):
            raise InvalidDataError((text,))
        try:
            document = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            row = re.search(r"at line ([0-9]+)", str(error))
            message = f"is not TOML: {error}; correct it there"
            number = int(row[1]) if row else None
            finding = file_finding(self.path.name, code="not-toml", message=message, row=number)
            raise InvalidDataError((finding,)) from None
        return self._accounts(document)

    def _accounts(self, document: Mapping[str, object]) -> tuple[PartnerAccount, ...]:
        findings: list[Finding] = []
        contact = self._table(
            _Contact, document.get("contact", {}), name="contact", findings=findings
        )
        accounts: list[PartnerAccount] = []
        for name in sorted(document.keys() - {"contact"}):
            written = self._table(_Partner, document[name], name=name, findings=findings)
            if written is None:
                continue
            found = tuple(self._breaches(name, written))
            findings += found
            if contact is not None and not found:
                accounts.append(self._account(OperatorId(name), written, contact))
        if len(document) <= ("contact" in document) and not findings:
            message = "names no partner; write a table named after the operator"
            findings.append(file_finding(self.path.name, code="empty-table", message=message))
        if findings:
            raise InvalidDataError(tuple(findings))
        return tuple(accounts)

    def _table(
        self, kind: type[TableT], told: object, *, name: str, findings: list[Finding]
    ) -> TableT | None:
        """The table, or ``None`` and a finding for each mistake in it."""
        try:
            return TypeAdapter(kind).validate_python(told)
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                place = tuple(map(str, each["loc"]))
                findings.append(
                    self._finding(name, place, code=_code(each["type"]), message=_message(each))
                )
            return None

    def _breaches(self, name: str, written: _Partner) -> Iterable[Finding]:
        """What is wrong in a table whose every value is of the right kind."""
        for key in ("url", "token_url"):
            address = getattr(written, key)
            if address is not None and (why := _why_no_address(address)):
                yield self._finding(name, (key,), code="partner-not-secure", message=why)
        given = [written.client_secret_env, written.client_secret_file]
        if sum(each is not None for each in given) != 1:
            message = "the secret stands in one place; name client_secret_env or client_secret_file"
            yield self._finding(name, ("client_secret_env",), code="broken-rule", message=message)

    def _account(
        self, operator_id: OperatorId, written: _Partner, contact: _Contact
    ) -> PartnerAccount:
        url = written.url.rstrip("/")
        secret, secret_from = self._secret(written)
        terms = PartnerTerms(
            operator_id=operator_id,
            url=url,
            buyer_id=written.buyer_id,
            seller_id=written.seller_id or operator_id,
            client_id=written.client_id,
            secret_from=secret_from,
            has_secret=bool(secret),
            offerings={
                ProductOfferingId(ours): OfferedLeg(
                    offering_id=ProductOfferingId(theirs.offering),
                    passed=tuple(theirs.passed),
                    fixed=configuration(theirs.fixed),
                )
                for ours, theirs in written.offerings.items()
            },
            sites=written.sites,
        )
        return PartnerAccount(
            terms=terms,
            contact=PartnerContact(name=contact.name, email=contact.email, number=contact.number),
            token_url=written.token_url or f"{url}/oauth2/token",
            secret=secret,
            timeout_s=written.timeout_s,
        )

    def _secret(self, written: _Partner) -> tuple[str, str]:
        """The secret, empty where there is none, and where it stands."""
        if written.client_secret_env is not None:
            name = written.client_secret_env
            return self.environment.get(name, "").strip(), f"the variable {name}"
        file = self.path.parent / str(written.client_secret_file)
        text = read_text(file.parent, file.name, bytes_max=SECRET_BYTES_MAX)
        return "" if isinstance(text, Finding) else text.strip(), f"the file {file}"

    def _finding(self, record: str, place: tuple[str, ...], *, code: str, message: str) -> Finding:
        return Finding(
            code=code,
            place=Place(
                table=TABLE,
                file=self.path.name,
                record=record,
                field=".".join(place) or None,
            ),
            message=message,
        )


def _code(kind: str) -> str:
    return {"missing": "missing-value", "extra_forbidden": "unknown-field"}.get(kind, "wrong-type")


def _message(error: Mapping[str, object]) -> str:
    kind = str(error["type"])
    if kind == "extra_forbidden":
        place = error["loc"]
        assert isinstance(place, tuple)
        word = str(place[-1])
        known = _KEYS[_Offering] if len(place) > 1 else (*_KEYS[_Partner], *_KEYS[_Contact])
        return f"is no key that is known here{did_you_mean(word, known)}"
    return _RIGHT.get(kind, f"cannot be read: {error['msg']}")


def _why_no_address(address: str) -> str:
    """Why an address cannot be used; empty where it can."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in {"https", "http"} or not host or parts.query or parts.fragment:
        return f"must be an address such as https://api.example.net, got {shown(address)}"
    if parts.username is not None or parts.password is not None:
        return "must hold no name and no secret; write https://HOST"
    if parts.scheme == "http" and host not in _LOOPBACK:
        return f"must begin with https, so that the secret is not read on the way to {host}"
    return ""
