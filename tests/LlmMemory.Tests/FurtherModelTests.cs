using System.IO;
using LlmMemory.Core.Tests;
using LlmMemory.Core.Tests.Gguf;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

/// <summary>What llama.cpp loads beside a model, through the cmdlet.</summary>
public sealed class FurtherModelTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private const string Command = "Get-LlmMemoryEstimate -Model llama-3.1-8b -DataType Q8_0 -Engine LlamaCpp -ContextLength 4k";

    [Fact]
    public void A_model_that_drafts_has_weights_and_a_cache_of_its_own()
    {
        var alone = session.Run(Command).Single();
        var drafting = session.Run(Command + " -DraftModel llama-3.2-1b").Single();
        var onHost = session.Run(Command + " -DraftModel llama-3.2-1b -DraftGpuLayers 0").Single();

        Assert.True((long)drafting.Get("MaxDeviceBytes")! > (long)alone.Get("MaxDeviceBytes")! + 2_400_000_000);
        Assert.True((long)onHost.Get("HostBytes")! > (long)drafting.Get("HostBytes")! + 1_000_000_000);
    }

    [Fact]
    public void A_projector_lies_beside_the_model()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "mmproj-F16.gguf");
        WriteProjector(path);

        var estimate = session.Run($"{Command} -Projector '{path}'; (Get-LlmMemoryEstimate -Model llama-3.1-8b -Engine vLLM -ContextLength 4k -Projector '{path}').Assumptions").Clean();

        Assert.Contains(session.Run($"({Command} -Projector '{path}').Components.Name").Clean(), name => $"{name}" == "Projector: Weights");
        Assert.Contains(estimate, line => $"{line}".StartsWith("-Projector has no effect", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-Projector ./nowhere.gguf", "ModelFileNotFound")]
    [InlineData("-LoraAdapter ./nowhere.gguf", "ModelFileNotFound")]
    [InlineData("-DraftModel llama-3.3-900b", "ModelUnknown")]
    public void What_cannot_be_read_ends_the_command(string settings, string error)
    {
        var result = session.Run($"{Command} {settings}");

        Assert.Empty(result.Output);
        Assert.Equal(error, Assert.Single(result.Errors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "mmproj-F16.gguf");
        WriteProjector(path);

        var error = Assert.Single(session.Run($"{Command} -LoraAdapter '{path}'").Errors);

        Assert.Equal("EngineRefusesSetting", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Contains("-LoraAdapter", error.Exception.Message, System.StringComparison.Ordinal);
    }

    private static void WriteProjector(string path)
    {
        using var file = File.Create(path);
        using var header = new GgufBuilder().Add("general.architecture", "clip").Tensor("mm.0.weight", 1, 2 * 1024 * 1024, 1024, 1024).File();
        header.CopyTo(file);
    }
}
