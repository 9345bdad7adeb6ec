using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>The topic on errors shows for each id a command that raises it and one that does not; both are run.</summary>
public sealed class ErrorTopicTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private static readonly string[] Fields = ["Category", "When", "Target", "Effect", "Bad", "Good"];

    public static TheoryData<string> Ids => [.. Entries().Select(entry => entry.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_bad_example_raises_the_error_and_the_good_one_does_not(string id)
    {
        var entry = Entries().Single(entry => entry.Id == id);
        Assert.Equal(Fields, entry.Fields.Keys);

        var bad = Run(entry.Fields["Bad"]);
        Assert.NotEmpty(bad.Errors);
        Assert.All(bad.Errors, error => Assert.Equal(
            (id, entry.Fields["Category"]), (error.FullyQualifiedErrorId.Split(',')[0], $"{error.CategoryInfo.Category}")));

        // Nobody is there to type a token.
        if (!entry.Fields["Good"].Contains("Read-Host", StringComparison.Ordinal))
        {
            Assert.NotEmpty(Run(entry.Fields["Good"]).Clean());
        }
    }

    private PipelineResult Run(string example)
    {
        using var world = new ErrorTopicWorld();
        return session.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{world.Folder}'){Environment.NewLine}{world.Fill(example)}");
    }

    // An entry is an id on a line of its own, a blank line, and fields whose further lines begin where the first text did.
    private static IEnumerable<(string Id, Dictionary<string, string> Fields)> Entries()
    {
        var topic = File.ReadAllText(Repository.File("en-US", "about_LlmMemory_Errors.help.txt")).Replace("\r\n", "\n", StringComparison.Ordinal);
        return Regex.Matches(topic, @"^ {4}(?<id>[A-Za-z]+)\n\n(?<fields>( {6,}.*\n)+)", RegexOptions.Multiline)
            .Select(match => (match.Groups["id"].Value, ReadFields(match.Groups["fields"].Value)));
    }

    private static Dictionary<string, string> ReadFields(string text)
    {
        return Regex.Matches(text, @"^ {6}(?<name>[A-Z][a-z]+) +(?<value>.*\n( {16}.*\n)*)", RegexOptions.Multiline).ToDictionary(
            match => match.Groups["name"].Value,
            match => string.Join('\n', match.Groups["value"].Value.TrimEnd('\n').Split('\n').Select((line, i) => i == 0 ? line : line[16..])));
    }
}
