import { App, TerraformStack, Token } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AppsyncFunction } from "@cdktf/provider-aws/lib/appsync-function";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { GlueCrawler } from "@cdktf/provider-aws/lib/glue-crawler";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { PrometheusScraper } from "@cdktf/provider-aws/lib/prometheus-scraper";
import { Route } from "@cdktf/provider-aws/lib/route";

const app = new App();
const stack = new TerraformStack(app, "groups");
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const gateway = new InternetGateway(stack, "gateway", {});
const nat = new NatGateway(stack, "nat", { subnetId: "subnet-1" });

// What excludes each other, also in a block and across blocks.
new IamRole(stack, "role", { namePrefix: "app-", assumeRolePolicy: "{}", name: "app" });
new Instance(stack, "instance", {
  ami: "ami-1",
  instanceType: "t3.micro",
  volumeTags: { a: "b" },
  rootBlockDevice: { tags: { c: "d" } },
});
new Route(stack, "both", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id, natGatewayId: nat.id });
// What must be there: one of several, one or more, one beside another, a block.
new Route(stack, "none", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" });
new GlueCrawler(stack, "crawler", { databaseName: "d", name: "c", role: "r" });
new AppsyncFunction(stack, "function", { apiId: "a", dataSource: "d", name: "f", code: "export {}" });
new PrometheusScraper(stack, "scraper", { scrapeConfiguration: "x" });

// Set behind the constructor, by an override, or to what may come to nothing: all is well.
const late = new Route(stack, "late", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" });
late.gatewayId = gateway.id;
const overridden = new Route(stack, "overridden", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" });
overridden.addOverride("gateway_id", gateway.id);
const reset = new IamRole(stack, "reset", { namePrefix: "app-", assumeRolePolicy: "{}", name: "app" });
reset.resetName();
new IamRole(stack, "open", { namePrefix: Token.asString({ resolve: () => undefined }), assumeRolePolicy: "{}", name: "app" });
app.synth();
