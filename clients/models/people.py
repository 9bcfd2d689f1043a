"""People and the firm they belong to: users sign in by e-mail, a membership makes a user staff."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from clients.models.matters import Participant


class Firm(models.Model):
    """A law firm: the tenant that owns matters and whose name every page carries."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    address = models.TextField(_("address"), max_length=500, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    accent_color = models.CharField(
        _("accent color"),
        max_length=7,
        default="#1f4e5f",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the color as # and six hexadecimal digits."))],
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    joint_representation_text = models.TextField(_("joint representation text"), max_length=6000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Make users and find them by e-mail without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a user; without a password only codes sent by e-mail open the account."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Give the e-mail as it is stored: trimmed and in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, email: str | None) -> User:
        """Find a user by e-mail in any case."""
        return self.get(email=self.normalize_email(email))


class User(AbstractBaseUser):
    """A person who signs in: staff through a membership, clients through their place in a matter."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    if TYPE_CHECKING:
        membership: Membership
        participations: RelatedManager[Participant]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_user_for_each_email")]

    def __str__(self) -> str:
        return str(self.public_id)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the e-mail in lower case, so that one mailbox is one account."""
        self.email = UserManager.normalize_email(self.email)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the name for greetings; the e-mail where no name was given."""
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """Return the first word of the name."""
        return self.get_full_name().split(" ")[0]


class Membership(models.Model):
    """A user's place and role in a firm."""

    class Role(models.TextChoices):
        """What a member of staff may do."""

        ADMIN = "admin", _("Administrator")
        ATTORNEY = "attorney", _("Attorney")
        PARALEGAL = "paralegal", _("Paralegal")

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    firm = models.ForeignKey(Firm, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=["admin", "attorney", "paralegal"]), name="membership_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.user_id}"
