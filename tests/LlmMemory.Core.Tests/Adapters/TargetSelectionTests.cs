using System;
using System.Collections.Generic;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Errors;
using LlmMemory.Models;
using LlmMemory.Quantization;
using Xunit;

namespace LlmMemory.Core.Tests.Adapters;

/// <summary>Which modules an adapter stands beside, by the rules of PEFT's check_target_module_exists.</summary>
public sealed class TargetSelectionTests
{
    [Fact]
    public void A_name_is_a_whole_path_or_the_end_of_one_from_a_dot_on()
    {
        Assert.Equal(32, Modules("mistral-7b-v0.1", new() { TargetModules = ["q_proj"] }));
        Assert.Equal(32, Modules("mistral-7b-v0.1", new() { TargetModules = ["self_attn.q_proj"] }));
        Assert.Equal(1, Modules("mistral-7b-v0.1", new() { TargetModules = ["model.layers.3.self_attn.q_proj"] }));
        Assert.Equal(ErrorIds.AdapterTargetUnknown, ErrorOf("mistral-7b-v0.1", new() { TargetModules = ["_proj"] }));
    }

    [Fact]
    public void An_expression_has_to_fit_the_whole_path()
    {
        Assert.Equal(64, Modules("mistral-7b-v0.1", new() { TargetModules = [@"re:.*\.(q|v)_proj"] }));
        Assert.Equal(20, Modules("mistral-7b-v0.1", new() { TargetModules = [@"re:.*layers\.[0-9]\..*(q|v)_proj"] }));
        Assert.Equal(ErrorIds.AdapterTargetUnknown, ErrorOf("mistral-7b-v0.1", new() { TargetModules = [@"re:(q|v)_proj"] }));
    }

    [Fact]
    public void All_linear_is_every_linear_layer_but_the_head()
    {
        var adapter = Build("mistral-7b-v0.1", new() { TargetModules = ["All-Linear"] });

        Assert.Equal(["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], adapter.Targets.Select(target => target.Name));
        Assert.All(adapter.Targets, target => Assert.Equal(32, target.Count));
    }

    [Fact]
    public void Layers_are_counted_from_the_first_number_of_a_path_and_whole_paths_are_meant_in_any_layer()
    {
        Assert.Equal(4, Modules("mixtral-8x7b", new() { TargetModules = ["q_proj", "v_proj"], LayersToTransform = [0, 31] }));
        Assert.Equal(16, Modules("mixtral-8x7b", new() { TargetModules = ["w1"], LayersToTransform = [1, 2], LayersPattern = ["layers"] }));
        // A pattern for experts takes their numbers for layers: the second expert of every layer.
        Assert.Equal(32, Modules("mixtral-8x7b", new() { TargetModules = ["w1"], LayersToTransform = [1], LayersPattern = ["experts"] }));
        Assert.Equal(2, Modules("mixtral-8x7b", new() { TargetModules = ["q_proj", "model.layers.9.self_attn.q_proj"], LayersToTransform = [3] }));
    }

    [Fact]
    public void Single_experts_are_told_apart_by_their_numbers()
    {
        var adapter = Build("mixtral-8x7b", new() { TargetModules = ["experts.3.w1", "experts.5.w1"], LayersToTransform = [0] });

        Assert.Equal(2, adapter.Targets.Single().Count);
        Assert.Equal(2L * 8 * (4096 + 14336), adapter.TrainableParameters);
    }

    [Fact]
    public void What_is_excluded_and_what_is_copied_has_no_adapter()
    {
        Assert.Equal(32 * 6, Modules("mistral-7b-v0.1", new() { TargetModules = ["all-linear"], ExcludeModules = ["down_proj"] }));
        Assert.Equal(31 * 7, Modules("mistral-7b-v0.1", new() { TargetModules = ["all-linear"], ExcludeModules = [@"re:model\.layers\.7\..*"] }));

        var copied = Build("mistral-7b-v0.1", new() { TargetModules = ["q_proj", "lm_head"], ModulesToSave = ["lm_head"] });
        Assert.Equal(["q_proj", "lm_head (copy)"], copied.Targets.Select(target => target.Name));
        Assert.Equal((32L * 8 * 8192) + (32000L * 4096), copied.TrainableParameters);
        Assert.Equal("BF16", copied.Tensors[^1].DataType);
    }

    [Fact]
    public void Ranks_of_single_modules_follow_the_first_pattern_that_fits()
    {
        var adapter = Build("mistral-7b-v0.1", new()
        {
            Rank = 4,
            TargetModules = ["q_proj", "v_proj"],
            RankPattern = [new(@"layers\.0\.self_attn\.q_proj", 64), new("q_proj", 16)],
        });

        Assert.Equal((64L * 8192) + (31L * 16 * 8192) + (32L * 4 * 5120), adapter.TrainableParameters);
        Assert.Equal([64, 4, 16], adapter.Targets.Select(target => target.Rank!.Value));
    }

    // One head for a tied model: a LoRA beside it is one of its own, and a copy unties it.
    [Fact]
    public void A_tied_head_is_a_module_of_its_own()
    {
        Assert.Equal(8L * (3072 + 128256), Build("llama-3.2-3b", new() { TargetModules = ["lm_head"] }).TrainableParameters);
        var copies = Build("llama-3.2-3b", new() { TargetModules = ["q_proj"], ModulesToSave = ["lm_head", "embed_tokens"] });
        Assert.Equal((28L * 8 * 6144) + (2L * 128256 * 3072), copies.TrainableParameters);
    }

    [Fact]
    public void An_embedding_has_a_pair_of_bare_parameters()
    {
        var adapter = Build("llama-3.2-3b", new() { TargetModules = ["embed_tokens"] });

        Assert.Equal(
            ["base_model.model.model.embed_tokens.lora_embedding_A", "base_model.model.model.embed_tokens.lora_embedding_B"],
            adapter.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([8, 128256], adapter.Tensors[0].Shape);
        Assert.Contains(adapter.Notes, note => note.Contains("save_embedding_layers", StringComparison.Ordinal));
    }

    // GPT-2's Conv1D has its weight the other way round, and its checkpoint leaves a step of the names out.
    [Fact]
    public void A_Conv1D_of_GPT_2_is_a_linear_layer()
    {
        var adapter = Build("gpt2", new() { LayersToTransform = [11] });

        Assert.Equal(8L * (768 + 2304), adapter.TrainableParameters);
        Assert.Equal("base_model.model.transformer.h.11.attn.c_attn.lora_A.weight", adapter.Tensors[0].Name);
        Assert.Equal([8, 768], adapter.Tensors[0].Shape);
        Assert.Equal(48, Modules("gpt2", new() { TargetModules = ["all-linear"] }));
    }

    // unslothai/unsloth#6936: names of experts' projections meet nothing in gpt-oss, and nobody says so.
    [Fact]
    public void Experts_that_are_stacked_stay_frozen_with_a_warning_unless_their_parameters_are_named()
    {
        var silent = Build("gpt-oss-20b-a3.6b", new() { TargetModules = ["q_proj", "gate_proj"] });
        var named = Build("gpt-oss-20b-a3.6b", new() { TargetModules = ["q_proj"], TargetParameters = ["experts.gate_up_proj", "experts.down_proj"] });

        Assert.Equal(2, silent.Warnings.Count);
        Assert.Contains("mlp.w1", Assert.Single(Build("dbrx-132b-a36b", new() { TargetModules = ["all-linear"] }).Warnings), StringComparison.Ordinal);
        Assert.Contains("experts.gate_up_proj", silent.Warnings[1], StringComparison.Ordinal);
        Assert.Empty(named.Warnings);
        Assert.Equal((24L * 8 * (2880 + 4096)) + (24L * 32 * 8 * (2880 + 5760 + 2880 + 2880)), named.TrainableParameters);
        Assert.Contains(named.Tensors, tensor => tensor.Name == "base_model.model.model.layers.0.mlp.experts.base_layer.lora_A.weight");
        Assert.Contains(named.Tensors, tensor => tensor.Name == "base_model.model.model.layers.0.mlp.experts.lora_B.weight");
    }

    [Fact]
    public void A_four_bit_base_has_the_same_adapter()
    {
        var plain = AdapterCase.ModelOf("qwen3-8b");
        var packed = ((QuantizationScheme)WeightFormats.All.Find("NF4")).Quantize(plain);
        var specification = new AdapterSpecification { TargetModules = ["all-linear"], ModulesToSave = ["embed_tokens"] };

        Assert.Equal(Lines(plain, specification), Lines(packed, specification));
        Assert.Equal(AdapterBuilder.Build(plain, specification).TotalParameters, AdapterBuilder.Build(packed, specification).TotalParameters);
    }

    private static IEnumerable<string> Lines(LlmModel model, AdapterSpecification specification)
    {
        return AdapterBuilder.Build(model, specification).Tensors.Select(tensor => tensor.ToString());
    }

    private static string ErrorOf(string model, AdapterSpecification specification)
    {
        return Assert.Throws<LlmMemoryException>(() => Build(model, specification)).ErrorId;
    }

    private static long Modules(string model, AdapterSpecification specification)
    {
        return Build(model, specification).Targets.Sum(target => target.Count);
    }

    private static AdapterInventory Build(string model, AdapterSpecification specification)
    {
        return AdapterBuilder.Build(AdapterCase.ModelOf(model), specification);
    }
}
