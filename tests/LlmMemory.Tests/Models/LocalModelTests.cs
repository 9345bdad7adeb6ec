using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using LlmMemory.Core.Tests;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests.Models;

/// <summary>-Local: what the tools on this machine have downloaded, broken downloads included.</summary>
public sealed class LocalModelTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string HuggingFace = ".cache/huggingface/hub";
    private const string Ollama = ".ollama/models";

    private readonly ModuleSession _session;
    private readonly TemporaryFolder _home = new();
    private readonly EnvironmentVariables _variables;
    private readonly LocalStoreBuilder _stores;

    public LocalModelTests(ModuleSession session)
    {
        _session = session;
        _variables = EnvironmentVariables.OfNewUser(_home.Path);
        _variables["HF_HUB_CACHE"] = _home.At(HuggingFace);
        _variables["OLLAMA_MODELS"] = _home.At(Ollama);
        _stores = new LocalStoreBuilder(_home);
    }

    public void Dispose()
    {
        _variables.Dispose();
        _home.Dispose();
    }

    [LinksFact]
    public void Every_store_is_listed_with_names_formats_and_sizes()
    {
        AddAll();

        var models = _session.Run("Get-LlmModel -Local").Clean();

        Assert.Equal(
            [
                ("acme/tiny-1b", "Safetensors", "BF16", null, 2 * TinyModel.Parameters),
                ("bartowski/Sample-GGUF/Sample-Q4_K_M.gguf", "Gguf", "Q4_K", "Q4_K_M", LocalStoreBuilder.GgufBytes),
                ("sample:1b", "Gguf", "Q4_K", "Q4_K_M", LocalStoreBuilder.GgufBytes),
                ("lmstudio-community/Sample-GGUF/Sample-Q4_K_M.gguf", "Gguf", "Q4_K", "Q4_K_M", LocalStoreBuilder.GgufBytes),
            ],
            models.Select(model => (model.Get("Name"), model.Get("Source"), model.Get("DataType"), model.Get("Quantization"), model.Get("WeightBytes"))));
        Assert.Equal([LocalStoreBuilder.Commit, LocalStoreBuilder.Commit, null, null], models.Select(model => model.Get("Revision")));
    }

    [LinksFact]
    public void Models_are_found_by_name_and_pattern_and_from_the_pipeline()
    {
        AddAll();
        _stores.AddOllama(Ollama, "sample/latest", ("model", LocalStoreBuilder.Gguf));

        Assert.Equal(["acme/tiny-1b"], _session.Run("Get-LlmModel ACME/tiny-1b -Local").Values("Name"));
        Assert.Equal(3, _session.Run("Get-LlmModel *sample* -Local").Clean().Count(model => $"{model.Get("Name")}".EndsWith("gguf", StringComparison.Ordinal) || $"{model.Get("Name")}" == "sample:1b"));
        Assert.Equal(["sample:latest"], _session.Run("Get-LlmModel sample -Local").Values("Name"));
        Assert.Equal(["acme/tiny-1b", "sample:1b"], _session.Run("'acme/*', 'sample:1b' | Get-LlmModel -Local").Values("Name"));
        Assert.Empty(_session.Run("Get-LlmModel none* -Local").Clean());
    }

    [LinksFact]
    public void A_name_that_no_model_has_is_an_error_that_shows_the_nearest()
    {
        AddAll();

        var error = Assert.Single(_session.Run("Get-LlmModel acme/tiny-1c -Local").Errors);

        AssertError(error, "ModelUnknown", ErrorCategory.ObjectNotFound, "acme/tiny-1c");
        Assert.Contains("Did you mean acme/tiny-1b?", error.Exception.Message, StringComparison.Ordinal);
    }

    [LinksFact]
    public void A_local_model_pipes_into_an_estimate()
    {
        AddAll();

        var estimate = _session.Run("Get-LlmModel acme/tiny-1b -Local | Get-LlmMemoryEstimate").Single();

        Assert.Equal(2 * TinyModel.Parameters, estimate.Get("WeightBytes"));
    }

    [LinksFact]
    public void An_encoder_beside_the_weights_is_named_as_not_counted()
    {
        _stores.AddOllama(Ollama, "vision/1b", ("model", LocalStoreBuilder.Gguf), ("projector", new byte[1000]));

        var assumptions = Assert.IsAssignableFrom<IEnumerable<string>>(_session.Run("Get-LlmModel -Local").Single().Get("Assumptions"));

        var path = _home.At($"{Ollama}/blobs/sha256-{LocalStoreBuilder.Digest(new byte[1000])}");
        Assert.Equal($"The encoder beside the weights is not counted: {path}, 0.000001 GB.", Assert.Single(assumptions));
    }

    [LinksFact]
    public void Blobs_of_Ollama_are_read_by_their_path_too()
    {
        _stores.AddOllama(Ollama, "sample/1b", ("model", LocalStoreBuilder.Gguf));

        var model = _session.Run($"Get-LlmModel -LiteralPath '{_home.At($"{Ollama}/blobs/sha256-{LocalStoreBuilder.Digest(LocalStoreBuilder.Gguf)}")}'").Single();

        Assert.Equal(LocalStoreBuilder.GgufBytes, model.Get("WeightBytes"));
    }

    [LinksFact]
    public void What_is_not_complete_is_left_out_with_a_warning()
    {
        AddAll();
        _home.Write($"{HuggingFace}/models--acme--begun/blobs/abc.incomplete", "12345");
        _stores.AddTiny(HuggingFace, "acme/dangling");
        File.Delete(_home.At($"{HuggingFace}/models--acme--dangling/blobs/{LocalStoreBuilder.Digest(TinyModel.SafetensorsBytes())}"));
        _stores.AddOllama(Ollama, "cut/1b", ("model", [.. LocalStoreBuilder.Gguf, 1]));
        File.Delete(_home.At($"{Ollama}/blobs/sha256-{LocalStoreBuilder.Digest([.. LocalStoreBuilder.Gguf, 1])}"));
        _stores.AddOllama(Ollama, "big/cloud");

        var result = _session.Run("Get-LlmModel -Local");

        Assert.Equal(4, result.Clean().Count);
        string[] leftOut = ["acme/begun in HuggingFace", "acme/dangling in HuggingFace", "big:cloud in Ollama", "cut:1b in Ollama"];
        Assert.Equal(leftOut, result.Warnings.Select(warning => warning.Split(" has not all its weights")[0]).Order());
    }

    [LinksFact]
    public void What_cannot_be_read_is_an_error_of_its_own_and_the_rest_is_listed()
    {
        AddAll();
        var manifest = _home.Write($"{Ollama}/manifests/registry.ollama.ai/library/broken/1b", "{");
        var link = _home.At($"{Ollama}/manifests/registry.ollama.ai/library/circle/1b");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, link);
        _stores.AddOllama(Ollama, "nonsense/1b", ("model", LocalStoreBuilder.Bytes("GGUF, but not really one")));
        _stores.AddSnapshot(HuggingFace, "acme/nonsense", ("config.json", LocalStoreBuilder.Bytes("{")), ("model.safetensors", new byte[9]));
        _stores.AddSnapshot(HuggingFace, "acme/onnx", ("model.onnx", new byte[9]));

        var result = _session.Run("Get-LlmModel -Local");

        Assert.Equal(4, result.Output.Count);
        var errors = result.Errors.ToLookup(error => error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal([manifest, link], errors["LocalStoreUnreadable"].Select(error => error.TargetObject));
        AssertError(errors["LocalStoreUnreadable"].First(), "LocalStoreUnreadable", ErrorCategory.ReadError, manifest);
        Assert.StartsWith("nonsense:1b in Ollama cannot be read. ", Assert.Single(errors["GgufUnsupported"].Concat(errors["GgufInvalid"])).Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("acme/nonsense in HuggingFace cannot be read. ", Assert.Single(errors["SafetensorsInvalid"]).Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith("acme/onnx in HuggingFace cannot be read. ", Assert.Single(errors["ModelFormatUnknown"]).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(5, result.Errors.Count);
    }

    [LinksFact]
    public void The_variables_of_the_tools_say_where_the_stores_are()
    {
        _variables["HF_HUB_CACHE"] = null;
        _variables["HF_HOME"] = _home.At("hf");
        _variables["OLLAMA_MODELS"] = _home.At("ollama");
        _stores.AddTiny("hf/hub", "acme/in-home");
        _stores.AddOllama("ollama", "sample/moved", ("model", LocalStoreBuilder.Gguf));
        _stores.AddTiny("elsewhere", "acme/in-cache");

        Assert.Equal(["acme/in-home", "sample:moved"], _session.Run("Get-LlmModel -Local").Values("Name"));

        _variables["HF_HUB_CACHE"] = _home.At("elsewhere");
        Assert.Equal(["acme/in-cache", "sample:moved"], _session.Run("Get-LlmModel -Local").Values("Name"));
    }

    [Fact]
    public void A_machine_without_stores_has_no_models_and_verbose_says_so()
    {
        var result = _session.Run("Get-LlmModel -Local -Verbose");

        Assert.Empty(result.Clean());
        Assert.Empty(result.Warnings);
        Assert.Contains($"HuggingFace: {_home.At(HuggingFace)} is not there", result.Verbose);
        Assert.Contains($"Ollama: {_home.At(Ollama)} is not there", result.Verbose);
        Assert.Equal("No store of models is on this machine.", result.Verbose[^1]);
    }

    [LinksFact]
    public void Names_of_what_is_complete_are_completed_with_Local()
    {
        AddAll();
        _stores.Write(".lmstudio/models/my own/It's mine/mine.gguf", LocalStoreBuilder.Gguf);
        _home.Write($"{HuggingFace}/models--acme--begun/blobs/abc.incomplete", "12345");

        Assert.Equal(["acme/tiny-1b"], Complete("Get-LlmModel -Local ac"));
        Assert.Equal(["acme/tiny-1b"], Complete("Get-LlmModel -Local -Name acme/"));
        Assert.Equal(["'sample:1b'"], Complete("Get-LlmModel -Local 'samp"));
        Assert.Equal(["'my own/It''s mine/mine.gguf'"], Complete("Get-LlmModel -Local my"));
        Assert.Equal(5, Complete("Get-LlmModel -Local ").Length);
        Assert.DoesNotContain("sample:1b", Complete("Get-LlmModel samp"));
        Assert.Equal(
            $"0.001 GB, Ollama: {_home.At($"{Ollama}/blobs/sha256-{LocalStoreBuilder.Digest(LocalStoreBuilder.Gguf)}")}",
            Matches("Get-LlmModel -Local sample").Single().ToolTip);
    }

    [LinksFact]
    public void Verbose_says_which_stores_were_looked_into_and_what_was_read()
    {
        _stores.AddTiny(HuggingFace, "acme/tiny-1b");

        var verbose = _session.Run("Get-LlmModel -Local -Verbose").Verbose;

        Assert.Equal($"HuggingFace: {_home.At(HuggingFace)}", verbose[0]);
        Assert.StartsWith($"Read {_home.At($"{HuggingFace}/models--acme--tiny-1b/snapshots/{LocalStoreBuilder.Commit}")}: ", verbose[^1], StringComparison.Ordinal);
        Assert.EndsWith(" bytes of 2 files (config.json, model.safetensors).", verbose[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-LlmModel gpt2 -Verbose", "Took gpt2 from the built-in catalogue; no file.")]
    [InlineData("Get-LlmMemoryEstimate -Model gpt2 -Verbose", "Took gpt2 from the built-in catalogue; no file.")]
    [InlineData("Get-LlmModel -Path FOLDER -Verbose", "Read FOLDER: BYTES bytes of 1 file (config.json).")]
    [InlineData("Get-LlmMemoryEstimate -Path FOLDER -Verbose", "Read FOLDER: BYTES bytes of 1 file (config.json).")]
    [InlineData("Get-LlmModel -Json ([IO.File]::ReadAllText('FOLDER/config.json')) -Verbose", "Read llama from the LETTERS letters of -Json; no file.")]
    public void Verbose_says_what_other_sources_were_read(string command, string note)
    {
        var folder = Path.GetDirectoryName(_home.Write("tiny/config.json", TinyModel.Config))!;
        string Fill(string text) => text
            .Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("BYTES", $"{TinyModel.ConfigBytes.Length}", StringComparison.Ordinal)
            .Replace("LETTERS", $"{TinyModel.Config.Length}", StringComparison.Ordinal);

        Assert.Equal(Fill(note), Assert.Single(_session.Run(Fill(command)).Verbose));
    }

    private void AddAll()
    {
        _stores.AddTiny(HuggingFace, "acme/tiny-1b");
        _stores.AddSnapshot(HuggingFace, "bartowski/Sample-GGUF", ("Sample-Q4_K_M.gguf", LocalStoreBuilder.Gguf));
        _stores.AddOllama(Ollama, "sample/1b", ("model", LocalStoreBuilder.Gguf), ("license", LocalStoreBuilder.Bytes("words")));
        _stores.Write(".lmstudio/models/lmstudio-community/Sample-GGUF/Sample-Q4_K_M.gguf", LocalStoreBuilder.Gguf);
    }

    private string[] Complete(string line)
    {
        return [.. Matches(line).Select(match => match.CompletionText)];
    }

    private Collection<CompletionResult> Matches(string line)
    {
        var quoted = $"'{line.Replace("'", "''", StringComparison.Ordinal)}'";
        return ((CommandCompletion)_session.Run($"TabExpansion2 {quoted} {line.Length}").Single().BaseObject).CompletionMatches;
    }

    private static void AssertError(ErrorRecord error, string errorId, ErrorCategory category, object target)
    {
        Assert.Equal(
            ($"{errorId},LlmMemory.Commands.GetLlmModelCommand", category, target),
            (error.FullyQualifiedErrorId, error.CategoryInfo.Category, error.TargetObject));
    }
}
