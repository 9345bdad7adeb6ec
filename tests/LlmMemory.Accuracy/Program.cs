using System;
using System.IO;
using System.Linq;
using LlmMemory.Accuracy;
using LlmMemory.Core.Tests;

// Writes docs/accuracy.md from the tables that the tests carry; with --check it says whether the page is what they give.
var page = Path.Combine(Path.GetDirectoryName(ReferenceData.Carried())!, "..", "..", "docs", "accuracy.md");
var report = string.Join("\n\n", Report.Lines()) + "\n";
if (!args.Contains("--check"))
{
    File.WriteAllText(page, report);
    return 0;
}

if (File.Exists(page) && File.ReadAllText(page).ReplaceLineEndings("\n") == report)
{
    Console.WriteLine("docs/accuracy.md is what the tables give.");
    return 0;
}

Console.Error.WriteLine("docs/accuracy.md is not what the tables give: run 'dotnet run --project tests/LlmMemory.Accuracy'.");
return 1;
