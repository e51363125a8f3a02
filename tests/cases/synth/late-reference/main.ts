import { App, Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";

// The original knows a reference into another stack again by the token that it prepared.
const app = new App();
const [from, to] = ["from", "to"].map((id) => new TerraformStack(app, id));
new AwsProvider(from, "aws", { region: "eu-west-1", defaultTags: [{ tags: { a: "b" } }] });
from.addOverride("provider.aws.0.region", "us-east-1");
from.addOverride("provider.aws.0.default_tags.1.tags", { c: "d" });
from.addOverride("provider.aws.name", "lost");
const certificate = new AcmCertificate(from, "certificate", { domainName: "example.com" });
const arn = certificate.arn;
new TerraformOutput(to, "once", { value: Lazy.stringValue({ produce: () => arn }) });
new TerraformOutput(to, "anew", { value: Lazy.stringValue({ produce: () => certificate.arn }) });
new TerraformOutput(to, "list", { value: certificate.domainValidationOptions });
app.synth();
