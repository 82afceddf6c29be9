"""Which condition keys does AWS document, of what type and class, and which callers' requests carry them?

A row is: type, whether it holds several values (None: sources contradict each other), class, who carries it, legal values.

Who carries it is a letter for each caller, in the order of `CALLERS`: `A` always, `s` sometimes, `-` never. Sources:
- global keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html ("Availability" of each key);
- `sts:`, `saml:` keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html and
  https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html.

What no page states is `s`: only documented facts may rule a request out.

Legal values are a pattern of literal characters and `[classes]`, each optionally with `*`, `+` or `{n}`; empty: any text.
A name that ends in `/` is a family: `aws:PrincipalTag/` stands for `aws:PrincipalTag/team` and all others.
"""

from __future__ import annotations

CALLERS = ("anonymous", "root", "user", "role", "federated-user", "service", "web-identity", "saml", "canonical")

_ACCOUNT = "[0-9]{12}"
# https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html, .../API_Root.html, .../API_OrganizationalUnit.html
_ORGANIZATION = "o-[a-z0-9]+"
_PATHS = "o-[a-z0-9]+/r-[a-z0-9]+/[a-z0-9/-]*"
_VPC = "vpc-[0-9a-f]+"
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
_ARN = "arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[^:*?]*:[^*?]+"
_ROLE_ARN = "arn:aws[a-z-]*:[a-z]+::[0-9]{12}:[^*?]+"
# RoleSessionName and SourceIdentity, `[\w+=,.@-]*` of 2 to 64 characters; ExternalId, `[\w+=,.@:\/-]*` of 2 to 1,224:
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
_NAME = "[A-Za-z0-9_+=,.@-][A-Za-z0-9_+=,.@-]+"
_EXTERNAL_ID = "[A-Za-z0-9_+=,.@:/-][A-Za-z0-9_+=,.@:/-]+"
# Tag values, `[\p{L}\p{Z}\p{N}_.:/=+\-@]*`, have no wildcard: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
_TAG = "[^*?]*"

#                                                                          anonymous root user role federated service web saml canonical
GLOBAL_KEYS: dict[str, tuple[str, bool | None, str, str, str]] = {
    "aws:PrincipalArn": ("ARN", False, "identity", "-AAAA---s", _ROLE_ARN),
    "aws:PrincipalAccount": ("String", False, "identity", "AAAAA---s", _ACCOUNT),
    "aws:PrincipalOrgID": ("String", False, "identity", "-ssss---s", _ORGANIZATION),
    "aws:PrincipalOrgPaths": ("String", True, "identity", "-ssss---s", _PATHS),
    "aws:PrincipalOrgMasterAccountId": ("String", False, "identity", "-ssss---s", _ACCOUNT),
    # Users, roles and sessions have tags; so do the sessions of services that pass them, as IAM Roles Anywhere does:
    # https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    "aws:PrincipalTag/": ("String", False, "owner-controlled", "--ssss--s", _TAG),
    "aws:PrincipalIsAWSService": ("Bool", False, "identity", "-AAAAA--s", ""),
    "aws:PrincipalServiceName": ("String", False, "identity", "-----A---", ""),
    "aws:PrincipalServiceNamesList": ("String", True, "identity", "-----A---", ""),
    # "All requests"; the values for services and unsigned STS calls are not documented.
    "aws:PrincipalType": ("String", False, "owner-controlled", "AAAAAssss", ""),
    "aws:userid": ("String", False, "identity", "AAAAAAssA", ""),
    "aws:username": ("String", False, "owner-controlled", "--A------", "[A-Za-z0-9_+=,.@-]+"),
    "aws:AssumedRoot": ("Bool", False, "other", "-s-------", ""),
    "aws:FederatedProvider": ("String", False, "identity", "---s--s--", ""),
    "aws:TokenIssueTime": ("Date", False, "time", "-ssAAs--s", ""),
    "aws:SignInSessionArn": ("ARN", False, "other", "-ssss---s", _ARN),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html: credentials that AssumeRole
    # returned carry no MFA information, and federated identities have none.
    "aws:MultiFactorAuthAge": ("Numeric", False, "assurance", "-ss------", ""),
    "aws:MultiFactorAuthPresent": ("Bool", False, "assurance", "-ssss---s", ""),
    "aws:ChatbotSourceArn": ("ARN", False, "other", "---s-----", _ARN),
    "aws:Ec2InstanceSourceVpc": ("String", False, "network", "---s-----", _VPC),
    "aws:Ec2InstanceSourcePrivateIPv4": ("IPAddress", False, "network", "---s-----", ""),
    "aws:SourceIdentity": ("String", False, "owner-controlled", "---s-----", _NAME),
    "aws:SourceIp": ("IPAddress", False, "network", "sssssssss", ""),
    "aws:SourceVpc": ("String", False, "network", "sssssssss", _VPC),
    "aws:SourceVpcArn": ("ARN", False, "network", "sssssssss", "arn:aws[a-z-]*:ec2:[a-z0-9-]+:[0-9]{12}:vpc/vpc-[0-9a-f]+"),
    "aws:SourceVpce": ("String", False, "network", "sssssssss", "vpce-[0-9a-f]+"),
    "aws:VpceAccount": ("String", False, "network", "sssssssss", _ACCOUNT),
    "aws:VpceOrgID": ("String", False, "network", "sssssssss", _ORGANIZATION),
    "aws:VpceOrgPaths": ("String", True, "network", "sssssssss", _PATHS),
    "aws:VpcSourceIp": ("IPAddress", False, "network", "sssssssss", ""),
    "aws:ResourceAccount": ("String", False, "other", "sssssssss", _ACCOUNT),
    "aws:ResourceOrgID": ("String", False, "other", "sssssssss", _ORGANIZATION),
    "aws:ResourceOrgPaths": ("String", True, "other", "sssssssss", _PATHS),
    "aws:ResourceTag/": ("String", False, "other", "sssssssss", ""),
    # Only calls that a service makes on with the credentials of an IAM principal (forward access sessions) carry these.
    "aws:CalledVia": ("String", True, "other", "-ssss---s", ""),
    "aws:CalledViaFirst": ("String", False, "other", "-ssss---s", ""),
    "aws:CalledViaLast": ("String", False, "other", "-ssss---s", ""),
    "aws:CalledViaAWSMCP": ("String", False, "other", "-ssss---s", ""),
    "aws:ViaAWSService": ("Bool", False, "other", "AAAAAAAAA", ""),
    "aws:ViaAWSMCPService": ("Bool", False, "other", "sssssssss", ""),
    "aws:IsMcpServiceAction": ("Bool", False, "other", "sssssssss", ""),
    "aws:CurrentTime": ("Date", False, "time", "AAAAAAAAA", ""),
    "aws:EpochTime": ("Date", False, "time", "AAAAAAAAA", ""),
    "aws:Referer": ("String", False, "caller-controlled", "sssssssss", ""),
    "aws:RequestedRegion": ("String", False, "caller-controlled", "AAAAAAAAA", "[a-z0-9-]+"),
    "aws:RequestTag/": ("String", False, "caller-controlled", "sssssssss", ""),
    "aws:TagKeys": ("String", True, "caller-controlled", "sssssssss", ""),
    "aws:SecureTransport": ("Bool", False, "other", "AAAAAAAAA", ""),
    # Only a service that calls for a resource carries these; which do is asked of `services`.
    "aws:SourceAccount": ("String", False, "identity", "-----s---", _ACCOUNT),
    "aws:SourceArn": ("ARN", False, "identity", "-----s---", _ARN),
    "aws:SourceOrgID": ("String", False, "identity", "-----s---", _ORGANIZATION),
    "aws:SourceOrgPaths": ("String", True, "identity", "-----s---", _PATHS),
    # Not in AWS's list; old default policies of topics and queues compare it with the owner's account.
    "aws:SourceOwner": ("String", False, "identity", "sssssssss", _ACCOUNT),
    "aws:UserAgent": ("String", False, "caller-controlled", "AAAAAAAAA", ""),
}

SESSION_KEYS: dict[str, tuple[str, bool | None, str, str, str]] = {
    "ec2:RoleDelivery": ("Numeric", False, "other", "---s-----", ""),
    "ec2:SourceInstanceArn": ("ARN", False, "other", "---s-----", _ARN),
    "glue:RoleAssumedBy": ("String", False, "other", "---s-----", ""),
    "glue:CredentialIssuingService": ("String", False, "other", "---s-----", ""),
    "codebuild:BuildArn": ("ARN", False, "other", "---s-----", _ARN),
    "codebuild:ProjectArn": ("ARN", False, "other", "---s-----", _ARN),
    "lambda:SourceFunctionArn": ("ARN", False, "other", "---s-----", _ARN),
    "ssm:SourceInstanceArn": ("ARN", False, "other", "---s-----", _ARN),
    "identitystore:UserId": ("String", None, "other", "---s-----", ""),
}
"""Keys of other services that say where a role session came from, and travel with it to every service."""

STS_KEYS: dict[str, tuple[str, bool | None, str, str, str]] = {
    "sts:ExternalId": ("String", False, "caller-controlled", "-sssss---", _EXTERNAL_ID),
    "sts:RoleSessionName": ("String", False, "caller-controlled", "AAAAAAAAA", _NAME),
    "sts:SourceIdentity": ("String", False, "caller-controlled", "-ssssssss", _NAME),
    "sts:TransitiveTagKeys": ("String", True, "caller-controlled", "-ssssssss", ""),
    "sts:RequestContext/": ("String", False, "other", "-ssssssss", ""),
    "sts:RequestContextProviders": ("ARN", True, "other", "-ssssssss", _ARN),
    "sts:RoleAuthorizedByIdp": ("Bool", False, "other", "------s--", ""),
    "sts:DurationSeconds": ("Numeric", False, "caller-controlled", "-ssssss--", ""),
    "sts:AWSServiceName": ("String", False, "other", "-ssss----", ""),
    "sts:TaskPolicyArn": ("ARN", False, "caller-controlled", "-AAAA----", _ARN),
    "sts:IdentityTokenAudience": ("String", True, "caller-controlled", "-ssss----", ""),
    "sts:SigningAlgorithm": ("String", False, "caller-controlled", "-ssss----", ""),
}

_ASSUME = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")

ACTIONS_WITH: dict[str, tuple[str, ...]] = {
    "sts:externalid": ("sts:assumerole",),
    "sts:rolesessionname": _ASSUME,
    "sts:sourceidentity": (*_ASSUME, "sts:setsourceidentity"),
    "sts:transitivetagkeys": (*_ASSUME, "sts:tagsession"),
    "sts:requestcontext/": ("sts:setcontext",),
    "sts:requestcontextproviders": ("sts:setcontext",),
    "sts:roleauthorizedbyidp": ("sts:assumerolewithwebidentity",),
    "sts:durationseconds": ("sts:getservicebearertoken", "sts:getwebidentitytoken"),
    "sts:awsservicename": ("sts:getservicebearertoken",),
    "sts:taskpolicyarn": ("sts:assumeroot",),
    "sts:identitytokenaudience": ("sts:getwebidentitytoken",),
    "sts:signingalgorithm": ("sts:getwebidentitytoken",),
}
"""The only actions whose requests carry an `sts:` key."""

ACTIONS_WITHOUT: dict[str, tuple[str, ...]] = {
    "aws:requesttag/": ("sts:setsourceidentity", "sts:setcontext"),
    "aws:tagkeys": ("sts:setsourceidentity", "sts:setcontext"),
    "iam:resourcetag/": (
        "sts:assumerolewithsaml",
        "sts:assumerolewithwebidentity",
        "sts:tagsession",
        "sts:setsourceidentity",
        "sts:setcontext",
    ),
}
"""Actions whose requests never carry a key that others do."""

# The first ones are in every assertion: AWS wants Issuer, Subject with NameID, and a Recipient, and derives `doc` and `namequalifier`:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
# Subject and qualifier stay with the session, so a role that was assumed with SAML carries them in its next calls.
SAML_KEYS: dict[str, tuple[str, bool | None, str, str, str]] = {
    "saml:aud": ("String", False, "identity", "-------A-", ""),
    "saml:iss": ("String", False, "identity", "-------A-", ""),
    "saml:doc": ("String", False, "identity", "-------A-", ""),
    "saml:sub": ("String", False, "identity", "---s---A-", ""),
    "saml:sub_type": ("String", False, "identity", "---s---A-", ""),
    "saml:namequalifier": ("String", False, "identity", "---s---A-", ""),
    "saml:eduPersonOrgDN": ("String", False, "identity", "-------s-", ""),
    "saml:eduPersonPrimaryAffiliation": ("String", False, "identity", "-------s-", ""),
    "saml:eduPersonPrimaryOrgUnitDN": ("String", False, "identity", "-------s-", ""),
    "saml:eduPersonPrincipalName": ("String", False, "identity", "-------s-", ""),
    "saml:cn": ("String", True, "identity", "-------s-", ""),
    "saml:eduOrgHomePageURI": ("String", True, "identity", "-------s-", ""),
    "saml:eduOrgIdentityAuthNPolicyURI": ("String", True, "identity", "-------s-", ""),
    "saml:eduOrgLegalName": ("String", True, "identity", "-------s-", ""),
    "saml:eduOrgSuperiorURI": ("String", True, "identity", "-------s-", ""),
    "saml:eduOrgWhitePagesURI": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonAffiliation": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonAssurance": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonEntitlement": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonNickname": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonOrgUnitDN": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonScopedAffiliation": ("String", True, "identity", "-------s-", ""),
    "saml:eduPersonTargetedID": ("String", True, "identity", "-------s-", ""),
    # The service authorization data calls these single-valued, the user guide calls them lists.
    "saml:commonName": ("String", None, "identity", "-------s-", ""),
    "saml:givenName": ("String", None, "identity", "-------s-", ""),
    "saml:mail": ("String", None, "identity", "-------s-", ""),
    "saml:name": ("String", None, "identity", "-------s-", ""),
    "saml:organizationStatus": ("String", None, "identity", "-------s-", ""),
    "saml:primaryGroupSID": ("String", None, "identity", "-------s-", ""),
    "saml:surname": ("String", None, "identity", "-------s-", ""),
    "saml:uid": ("String", None, "identity", "-------s-", ""),
    "saml:x500UniqueIdentifier": ("String", None, "identity", "-------s-", ""),
}
