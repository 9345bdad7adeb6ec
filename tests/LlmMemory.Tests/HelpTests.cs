using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>The help that ships says what the module does, and the pages it is made from say the same.</summary>
public sealed class HelpTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static TheoryData<string> Cmdlets => ["Compare-LlmMemoryEstimate", "ConvertTo-LlmLaunchArgument", "Find-LlmDeployment", "Find-LlmLimit", "Get-LlmGpu", "Get-LlmMemoryEstimate", "Get-LlmModel", "Get-LoraMemoryEstimate", "Test-LlmMemoryFit"];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described_in_the_help_and_on_its_page(string cmdlet)
    {
        var parameters = ((CommandInfo)session.Run($"Get-Command {cmdlet}").Single().BaseObject).Parameters.Keys
            .Where(name => !Cmdlet.CommonParameters.Contains(name))
            .Order()
            .ToList();

        var described = HelpOf(cmdlet).Element(Command + "parameters")!.Elements(Command + "parameter")
            .Where(parameter => !string.IsNullOrWhiteSpace(parameter.Element(Maml + "description")?.Value))
            .Select(parameter => parameter.Element(Maml + "name")!.Value);
        Assert.Equal(parameters, described.Order());

        var page = Page(cmdlet);
        Assert.All(parameters, name => Assert.Contains($"### -{name}\n", page, System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_help_has_the_examples_of_the_page(string cmdlet)
    {
        var code = HelpOf(cmdlet).Element(Command + "examples")!.Elements(Command + "example")
            .Select(example => Blank(example.Element(Dev + "code")?.Value + example.Element(Maml + "introduction")?.Value
                + example.Element(Dev + "remarks")?.Value))
            .ToList();
        var printed = Regex.Matches(Page(cmdlet), "```powershell\n(?<code>.*?)\n```", RegexOptions.Singleline)
            .Select(match => Blank(match.Groups["code"].Value))
            .ToList();

        Assert.True(printed.Count >= 8, $"{printed.Count} examples");
        Assert.Equal(printed.Count, code.Count);
        Assert.All(printed, (example, i) => Assert.Contains(example, code[i], System.StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_full_help_is_drawn(string cmdlet)
    {
        var host = new RecordingHost(120);
        using var runspace = ModuleSession.Open(host);
        ModuleSession.Run(runspace, $"Get-Help {cmdlet} -Full | Out-Default").Clean();

        Assert.Contains("DESCRIPTION", host.PlainText, System.StringComparison.Ordinal);
        Assert.Contains(cmdlet switch { "Get-LlmModel" or "Get-LlmGpu" => "-Name <", "Compare-LlmMemoryEstimate" => "-Log <", "ConvertTo-LlmLaunchArgument" => "-Estimate <", _ => "-Parameters <" }, host.PlainText, System.StringComparison.Ordinal);
        Assert.Contains("EXAMPLE", host.PlainText, System.StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_error_id_is_in_the_topic_on_errors()
    {
        var topic = File.ReadAllText(Repository.File("en-US", "about_LlmMemory_Errors.help.txt"));

        var ids = ErrorIds().ToList();
        Assert.True(ids.Count >= 11);
        Assert.All(ids, id => Assert.Matches($@"(?m)^\s*{id}\s*$", topic));
    }

    [Theory]
    [InlineData("about_LlmMemory")]
    [InlineData("about_LlmMemory_Errors")]
    public void Topics_fit_eighty_columns_and_are_found(string topic)
    {
        Assert.All(
            File.ReadLines(Repository.File("en-US", topic + ".help.txt")),
            line => Assert.True(line.Length <= 80, line));
        Assert.NotEmpty(session.Run($"Get-Help {topic}").Clean());
    }

    private static XElement HelpOf(string cmdlet)
    {
        return XDocument.Load(Repository.File("en-US", "LlmMemory.dll-Help.xml"))
            .Descendants(Command + "command")
            .Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == cmdlet);
    }

    private static string Page(string cmdlet)
    {
        return File.ReadAllText(Repository.File("docs", cmdlet + ".md"));
    }

    private static IEnumerable<string> ErrorIds()
    {
        var engine = Assembly.LoadFrom(Repository.File("bin", "LlmMemory.Core.dll"));
        return engine.GetType("LlmMemory.Errors.ErrorIds")!
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!);
    }

    private static string Blank(string? text)
    {
        return Regex.Replace(text ?? string.Empty, @"\s+", " ").Trim();
    }
}
