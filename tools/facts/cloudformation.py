# SPDX-License-Identifier: Apache-2.0
"""CloudFormation's view of AWS (npm @aws-cdk/aws-service-spec), joined to Terraform's names.

A type is joined when service and resource spell the same name (`exact`), by the table below
(`table`), and a property when its path spells the same, a plural apart. What does not join is left
out.
"""

import gzip
import json
import os
import re

# The service's name in a type's name where the two differ; "" where Terraform leaves it out.
SERVICES = {
    "ApplicationAutoScaling": "appautoscaling", "ApiGatewayV2": "apigatewayv2", "CertificateManager": "acm",
    "CloudWatch": "cloudwatch", "DirectConnect": "dx", "Events": "cloudwatch_event", "EventSchemas": "schemas",
    "ElasticLoadBalancing": "elb", "ElasticLoadBalancingV2": "lb", "Logs": "cloudwatch_log", "Route53RecoveryControl":
    "route53recoverycontrolconfig", "StepFunctions": "sfn", "Timestream": "timestreamwrite", "Glue": "glue_catalog",
    "EC2": "", "RDS": "", "AutoScaling": "", "Backup": "", "CloudFront": ""}
# And types that are named otherwise.
TYPES = {
    "AWS::IAM::ManagedPolicy": "aws_iam_policy", "AWS::RDS::DBCluster": "aws_rds_cluster",
    "AWS::Neptune::DBCluster": "aws_neptune_cluster", "AWS::DocDB::DBCluster": "aws_docdb_cluster",
    "AWS::RDS::DBClusterParameterGroup": "aws_rds_cluster_parameter_group",
    "AWS::RDS::EventSubscription": "aws_db_event_subscription", "AWS::EC2::Volume": "aws_ebs_volume",
    "AWS::EC2::DHCPOptions": "aws_vpc_dhcp_options", "AWS::EC2::PrefixList": "aws_ec2_managed_prefix_list",
    "AWS::EC2::VPCGatewayAttachment": "aws_internet_gateway_attachment",
    "AWS::EC2::SubnetRouteTableAssociation": "aws_route_table_association",
    "AWS::EC2::SubnetNetworkAclAssociation": "aws_network_acl_association",
    "AWS::EC2::SecurityGroupIngress": "aws_vpc_security_group_ingress_rule",
    "AWS::EC2::SecurityGroupEgress": "aws_vpc_security_group_egress_rule",
    "AWS::EC2::VPCCidrBlock": "aws_vpc_ipv4_cidr_block_association",
    "AWS::ElasticLoadBalancing::LoadBalancer": "aws_elb", "AWS::ElasticLoadBalancingV2::LoadBalancer": "aws_lb",
    "AWS::SNS::Subscription": "aws_sns_topic_subscription", "AWS::CloudTrail::Trail": "aws_cloudtrail",
    "AWS::CloudWatch::Alarm": "aws_cloudwatch_metric_alarm", "AWS::Events::EventBus": "aws_cloudwatch_event_bus",
    "AWS::Logs::LogGroup": "aws_cloudwatch_log_group", "AWS::Logs::LogStream": "aws_cloudwatch_log_stream",
    "AWS::Logs::SubscriptionFilter": "aws_cloudwatch_log_subscription_filter",
    "AWS::Logs::MetricFilter": "aws_cloudwatch_log_metric_filter",
    "AWS::Logs::Destination": "aws_cloudwatch_log_destination",
    "AWS::Logs::QueryDefinition": "aws_cloudwatch_query_definition",
    "AWS::Lambda::Url": "aws_lambda_function_url",
    "AWS::Lambda::EventInvokeConfig": "aws_lambda_function_event_invoke_config",
    "AWS::ApplicationAutoScaling::ScalableTarget": "aws_appautoscaling_target",
    "AWS::ApplicationAutoScaling::ScalingPolicy": "aws_appautoscaling_policy",
    "AWS::AutoScaling::ScalingPolicy": "aws_autoscaling_policy",
    "AWS::AutoScaling::ScheduledAction": "aws_autoscaling_schedule",
    "AWS::AutoScaling::LifecycleHook": "aws_autoscaling_lifecycle_hook",
    "AWS::CodeDeploy::Application": "aws_codedeploy_app", "AWS::CodePipeline::Pipeline": "aws_codepipeline",
    "AWS::Cognito::UserPoolGroup": "aws_cognito_user_group", "AWS::Cognito::UserPoolUser": "aws_cognito_user",
    "AWS::Cognito::UserPoolResourceServer": "aws_cognito_resource_server",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment": "aws_cognito_risk_configuration",
    "AWS::Cognito::UserPoolUICustomizationAttachment": "aws_cognito_user_pool_ui_customization",
    "AWS::Cognito::UserPoolUserToGroupAttachment": "aws_cognito_user_in_group",
    "AWS::Cognito::IdentityPoolRoleAttachment": "aws_cognito_identity_pool_roles_attachment",
    "AWS::WAFv2::WebACL": "aws_wafv2_web_acl", "AWS::WAFv2::LoggingConfiguration": "aws_wafv2_web_acl_logging_configuration",
    "AWS::IAM::OIDCProvider": "aws_iam_openid_connect_provider",
    "AWS::DirectConnect::DirectConnectGateway": "aws_dx_gateway",
    "AWS::DirectConnect::DirectConnectGatewayAssociation": "aws_dx_gateway_association",
    "AWS::ECS::ClusterCapacityProviderAssociations": "aws_ecs_cluster_capacity_providers",
    "AWS::Route53Resolver::ResolverRule": "aws_route53_resolver_rule",
    "AWS::Route53Resolver::ResolverRuleAssociation": "aws_route53_resolver_rule_association",
    "AWS::Route53Resolver::ResolverEndpoint": "aws_route53_resolver_endpoint",
    "AWS::Route53Resolver::ResolverQueryLoggingConfig": "aws_route53_resolver_query_log_config",
    "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation": "aws_route53_resolver_query_log_config_association",
    "AWS::SES::ConfigurationSetEventDestination": "aws_sesv2_configuration_set_event_destination",
    "AWS::SES::ConfigurationSet": "aws_sesv2_configuration_set",
    "AWS::SecretsManager::ResourcePolicy": "aws_secretsmanager_secret_policy",
    "AWS::SageMaker::DataQualityJobDefinition": "aws_sagemaker_data_quality_job_definition",
    "AWS::Signer::ProfilePermission": "aws_signer_signing_profile_permission",
    "AWS::Amplify::Domain": "aws_amplify_domain_association",
    "AWS::AppSync::FunctionConfiguration": "aws_appsync_function",
    "AWS::ACMPCA::CertificateAuthorityActivation": "aws_acmpca_certificate_authority_certificate",
    "AWS::RDS::DBProxyTargetGroup": "aws_db_proxy_default_target_group",
    "AWS::Redshift::ClusterSubnetGroup": "aws_redshift_subnet_group",
    "AWS::Redshift::ClusterParameterGroup": "aws_redshift_parameter_group",
    "AWS::StepFunctions::StateMachine": "aws_sfn_state_machine",
    "AWS::IAM::InstanceProfile": "aws_iam_instance_profile", "AWS::Glue::Database": "aws_glue_catalog_database",
    "AWS::Glue::Table": "aws_glue_catalog_table",
}

# Arguments that hold what the other side's are not, or whatever one likes: (last name, target).
NOT_SO = {("template_arn", "aws_acmpca_certificate_authority.arn"), ("connection_id", "aws_dx_connection.arn"),
          ("connection_id", "aws_dx_lag.arn"), ("associated_gateway_id", "aws_ec2_transit_gateway.arn"),
          ("database_name", "aws_s3_bucket.bucket"), ("location", "aws_s3_bucket.bucket"),
          ("default_s3_location", "aws_s3_bucket.bucket"), ("endpoint", "aws_s3_bucket.bucket")}
ANYTHING = {"value", "values", "filter"}
# And those that want another attribute of the same type.
INSTEAD = {("signing_profile_version_arns", "aws_signer_signing_profile.arn"): "aws_signer_signing_profile.version_arn",
           ("uri", "aws_lambda_function.arn"): "aws_lambda_function.invoke_arn",
           ("authorizer_uri", "aws_lambda_function.arn"): "aws_lambda_function.invoke_arn",
           ("authorizer_uri", "aws_lambda_alias.arn"): "aws_lambda_alias.invoke_arn",
           ("integration_uri", "aws_lambda_function.arn"): "aws_lambda_function.invoke_arn"}


def spelled(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


class Names:
    """Names of a Terraform schema by their spelling."""

    def __init__(self, schemas):
        self.schemas = schemas
        self.types = {spelled(name.split("_", 1)[1]): name for name in schemas}

    def type(self, cloudformation):
        """(Terraform's type, how it was joined), or (None, None)."""
        if TYPES.get(cloudformation) in self.schemas:
            return TYPES[cloudformation], "table"
        _, service, resource = cloudformation.split("::")[:3]
        found = self.types.get(spelled(service + resource))
        if found:
            return found, "exact"
        found = self.types.get(spelled(SERVICES.get(service, service) + resource)) if service in SERVICES else None
        return (found, "table") if found else (None, None)

    def member(self, block, property_):
        """(name, schema) of a property in a block; a plural and a dropped "Configuration" apart."""
        members = {**block.get("attributes", {}), **block.get("block_types", {})}
        spellings = {spelled(name): name for name in members}
        wanted = spelled(property_)
        several = [wanted, wanted + "s", wanted[:-1] if wanted.endswith("s") else wanted,
                   wanted[:-3] + "y" if wanted.endswith("ies") else wanted, wanted.replace("configuration", "config")]
        found = next((spellings[one] for one in several if one in spellings), None)
        return (found, members[found]) if found else (None, None)

    def argument(self, type_, cloudformation, property_):
        """The attribute of a resource that holds what a property or attribute of the other holds."""
        attributes = self.schemas[type_]["block"]["attributes"]
        resource = spelled(cloudformation.split("::")[-1])
        wanted = spelled(property_)
        spellings = {spelled(name): name for name in attributes}
        if wanted.endswith("arn") and "arn" in attributes and wanted in ("arn", resource + "arn", "topicarn"):
            return "arn"
        if wanted in spellings:
            return spellings[wanted]
        if wanted.endswith("arn"):  # ProfileVersionArn is version_arn
            return max((name for name in attributes if wanted.endswith(spelled(name)) and name.endswith("arn")),
                       key=len, default=None)
        if wanted.startswith(resource) and wanted[len(resource):] in spellings:
            return spellings[wanted[len(resource):]]
        if wanted.endswith("name") and wanted[:-4] in spellings:  # BucketName is bucket
            return spellings[wanted[:-4]]
        if wanted.endswith("name"):
            return "name" if "name" in attributes and wanted[:-4] in resource else None
        return "id" if wanted.endswith(("id", "identifier")) else None


class Specification:
    """The database of the npm package, in `folder`."""

    def __init__(self, folder):
        with gzip.open(os.path.join(folder, "db.json.gz")) as file:
            tables = json.load(file)["schema"]
        with open(os.path.join(folder, "package.json"), encoding="utf-8") as file:
            package = json.load(file)
        self.title = f"{package['name']}@{package['version']}"
        self.resources = tables["resource"]["entities"]
        self.definitions = {one["$id"]: one for one in tables["typeDefinition"]["entities"]}

    def joined(self, names):
        """(type, how, path, schema, property) of every property that has a Terraform name."""
        for resource in self.resources:
            type_, how = names.type(resource["cloudFormationType"])
            if type_:
                yield from ((type_, resource["cloudFormationType"], how, *rest)
                            for rest in self.walk(names, names.schemas[type_]["block"], resource["properties"], "", ()))

    def walk(self, names, block, properties, prefix, above):
        for name, property_ in sorted(properties.items()):
            found, schema = names.member(block, name)
            if not found:
                continue
            yield prefix + found, schema, name, property_
            type_ = property_["type"]
            while type_.get("type") in ("array", "map"):
                type_ = type_["element"]
            inner = self.definitions.get(type_.get("reference", {}).get("$ref"))
            if inner and "block" in schema and inner["$id"] not in above:
                yield from self.walk(names, schema["block"], inner["properties"], prefix + found + ".",
                                     (*above, inner["$id"]))


def allowed(type_):
    """The values that a property's type lists."""
    while type_.get("type") in ("array", "map"):
        type_ = type_["element"]
    return [str(value) for value in type_.get("allowedValues", [])]
