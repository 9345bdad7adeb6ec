using System;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using LlmMemory.Sources.Catalogue;
using Xunit;

namespace LlmMemory.Core.Tests.Adapters;

/// <summary>What cannot be laid out is an error with an id of its own, that names what is wrong and shows a good value.</summary>
public sealed class AdapterErrorTests
{
    public static TheoryData<string, string, AdapterSpecification> Wrong => new()
    {
        { "llama-3.1-8b", ErrorIds.AdapterTargetUnknown, new() { TargetModules = ["c_attn"] } },
        { "llama-3.1-8b", ErrorIds.AdapterTargetUnknown, new() { TargetModules = ["q_proj"], ExcludeModules = ["q_proj"] } },
        { "llama-3.1-8b", ErrorIds.AdapterTargetUnknown, new() { ModulesToSave = ["score"] } },
        { "llama-3.1-8b", ErrorIds.AdapterTargetUnknown, new() { TargetParameters = ["experts.gate_up_proj"] } },
        { "gpt-oss-20b-a3.6b", ErrorIds.AdapterTargetUnknown, new() },
        { "llama-3.1-8b", ErrorIds.AdapterTargetUnsupported, new() { TargetModules = ["input_layernorm"] } },
        { "mamba-130m", ErrorIds.AdapterTargetUnsupported, new() { TargetModules = ["all-linear"] } },
        { "gpt2", ErrorIds.AdapterTargetUnsupported, new() { Method = AdapterMethod.Loha, TargetModules = ["c_attn"] } },
        { "deepseek-v3-671b-a37b", ErrorIds.AdapterTargetUnsupported, new() { Method = AdapterMethod.PrefixTuning, Tokens = 20 } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { TargetModules = ["re:("] } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { TargetModules = [" "] } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { RankPattern = [new("[", 8)] } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { TargetModules = ["re:(.+)+!"] } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { RankPattern = [new("(.+)+!", 8)] } },
        { "llama-3.1-8b", ErrorIds.AdapterPatternInvalid, new() { TargetModules = [new string('q', 5000)] } },
        { "llama-3.1-8b", ErrorIds.AdapterRankOutOfRange, new() { Rank = 0 } },
        { "llama-3.1-8b", ErrorIds.AdapterRankOutOfRange, new() { Rank = 1025 } },
        { "llama-3.1-8b", ErrorIds.AdapterRankOutOfRange, new() { RankPattern = [new("v_proj", 1025)] } },
        { "llama-3.1-8b", ErrorIds.AdapterRankOutOfRange, new() { RankPattern = [new("v_proj", -1)] } },
        { "gpt-oss-20b-a3.6b", ErrorIds.AdapterRankOutOfRange, new() { Rank = 2881, TargetParameters = ["experts.down_proj"] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.Ia3, Rank = 8 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.PromptTuning } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.PromptTuning, Tokens = 0 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.PromptTuning, Tokens = 8, TargetModules = ["q_proj"] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.TrainableTokens, Tokens = 200_000 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.Oft, Rank = 8, BlockSize = 8 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.Boft, BlockSize = 3 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { BlockSize = 8 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Tokens = 8 } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { TargetModules = ["all-linear", "q_proj"] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { TargetModules = ["all-linear"], LayersToTransform = [0] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { LayersPattern = ["layers"] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { FeedForwardModules = ["down_proj"] } },
        { "llama-3.1-8b", ErrorIds.AdapterSettingInvalid, new() { Method = AdapterMethod.Vera, TargetParameters = ["x"] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_has_an_id(string model, string id, AdapterSpecification specification)
    {
        var error = Assert.Throws<LlmMemoryException>(() => AdapterBuilder.Build(AdapterCase.ModelOf(model), specification));

        Assert.Equal(id, error.ErrorId);
        Assert.True(error.Message.Length > 30);
    }

    [Fact]
    public void A_name_that_nothing_has_is_shown_beside_the_names_that_there_are()
    {
        var error = Assert.Throws<LlmMemoryException>(
            () => AdapterBuilder.Build(AdapterCase.ModelOf("gpt2"), new() { TargetModules = ["q_proj"] }));

        Assert.Contains("'q_proj'", error.Message, StringComparison.Ordinal);
        Assert.Contains("c_attn, c_proj, c_fc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GGUF_file_is_no_checkpoint_that_an_adapter_is_trained_on()
    {
        using var stream = Gguf.GgufSamples.Model().File();
        var error = Assert.Throws<LlmMemoryException>(() => AdapterBuilder.Build(ModelReader.FromGguf(stream, "a.gguf"), new()));

        Assert.Equal(ErrorIds.AdapterNeedsCheckpoint, error.ErrorId);
    }

    // Every model of the catalogue has an all-linear adapter whose pairs are as long as its matrices, or says why not.
    [Fact]
    public void Every_model_of_the_catalogue_has_an_adapter_on_all_linear_layers()
    {
        var models = ModelCatalogue.All.Select(entry => ModelReader.FromCatalogue(entry)).ToList();

        Assert.All(models, model =>
        {
            var adapter = AdapterBuilder.Build(model, new() { Rank = 1, TargetModules = ["all-linear"], ExcludeModules = ["out_proj"] });
            Assert.Equal(adapter.Targets.Sum(target => target.Count * (target.InputSize + target.OutputSize)), adapter.TrainableParameters);
            Assert.Equal(model.Parameters - model.MtpParameters, adapter.BaseParameters);
        });
    }
}
