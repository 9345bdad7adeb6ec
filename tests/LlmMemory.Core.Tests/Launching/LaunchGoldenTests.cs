using System.IO;
using System.Linq;
using LlmMemory.Launching;
using Xunit;

namespace LlmMemory.Core.Tests.Launching;

/// <summary>Starts are written as the files of Data/launch say, to the letter.</summary>
public sealed class LaunchGoldenTests
{
    public static TheoryData<string> Files => [.. LaunchCases.Golden.Select(golden => golden.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_start_is_written_as_its_golden_file(string file)
    {
        var (_, target, request, shell) = LaunchCases.Golden.Single(golden => golden.File == file);

        var document = LaunchTargets.All.Find(target).Write(request, shell);

        Assert.Equal(File.ReadAllText(ReferenceData.Carried("launch", file)).Replace("\r\n", "\n", System.StringComparison.Ordinal), document.Text + "\n");
        Assert.Equal(document.Text, document.ToString());
    }

    [Fact]
    public void Every_target_has_a_golden_file()
    {
        Assert.Equal(LaunchTargets.All.Select(target => target.Name).Order(), LaunchCases.Golden.Select(golden => golden.Target).Distinct().Order());
    }
}
