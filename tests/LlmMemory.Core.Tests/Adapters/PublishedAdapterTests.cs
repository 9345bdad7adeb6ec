using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;
using LlmMemory.Quantization;
using Xunit;

namespace LlmMemory.Core.Tests.Adapters;

/// <summary>
/// Counts that PEFT's print_trainable_parameters wrote in public files, and sizes of adapter files from
/// huggingface/peft method_comparison: all exact.
/// </summary>
public sealed class PublishedAdapterTests
{
    [Fact]
    public void Every_published_count_and_file_size_is_exact()
    {
        var cases = AdapterCase.ReadAll().ToList();

        Assert.True(cases.Count >= 36);
        Assert.All(cases, adapter =>
        {
            var inventory = AdapterBuilder.Build(adapter.Model, adapter.Specification);
            Assert.Equal(
                (adapter.Source, adapter.Trainable, adapter.Total, adapter.FileBytes ?? inventory.CheckpointBytes),
                (adapter.Source, inventory.TrainableParameters, inventory.TotalParameters, inventory.CheckpointBytes));
        });
    }

    [Fact]
    public void The_line_is_the_one_that_PEFT_prints()
    {
        var inventory = AdapterBuilder.Build(AdapterCase.ModelOf("llama-3.2-3b"), Lora(32, "q_proj", "v_proj"));

        Assert.Equal("trainable params: 9,175,040 || all params: 3,221,924,864 || trainable%: 0.2848", inventory.ToString());
    }

    // Full fine-tuning, row 20 of the table: no adapter, the model itself.
    [Fact]
    public void Full_fine_tuning_trains_the_parameters_of_the_model()
    {
        Assert.Equal(3_212_749_824, AdapterCase.ModelOf("llama-3.2-3b").Parameters);
    }

    // Row 25: an older PEFT counted each packed byte of a 4-bit weight once. Today's counts it twice.
    [Fact]
    public void A_four_bit_base_is_counted_unpacked_and_half_of_it_is_what_older_versions_printed()
    {
        var model = Stored("llama-3-8b", "NF4");
        var inventory = AdapterBuilder.Build(model, Lora(8, All) with { Method = AdapterMethod.Dora });
        var packed = model.Tensors.Where(tensor => tensor.Quantization is not null).Sum(tensor => tensor.Parameters) / 2;

        Assert.Equal(22_347_776, inventory.TrainableParameters);
        Assert.Equal(8_030_261_248 + 22_347_776, inventory.TotalParameters);
        Assert.Equal(4_562_948_096, inventory.TotalParameters - packed);
    }

    // Logs of LoRA on GPTQ checkpoints of Llama 7B print 266,604,544: embedding, head and norms alone are parameters there.
    [Fact]
    public void Weights_that_GPTQ_packs_are_buffers_and_not_counted()
    {
        var model = Stored("llama-2-7b", "GPTQ");

        Assert.Equal(266_604_544, AdapterBuilder.Build(model, Lora(8, "q_proj", "v_proj")).TotalParameters);
    }

    // Row 47: a score head of 2 labels, trained as a copy, beside the same LoRA: 4608 weights more, and the original.
    [Fact]
    public void A_classifier_is_trained_as_a_copy_beside_the_adapter()
    {
        var inventory = AdapterBuilder.Build(AdapterCase.ModelOf("gemma-2-2b"), Lora(16, "q_proj", "v_proj"));
        const long Score = 2 * 2304;

        Assert.Equal(3_199_488, inventory.TrainableParameters + Score);
        Assert.Equal(2_617_545_984, inventory.TotalParameters + (2 * Score));
    }

    // Rows 49, 50 and 52: LitGPT has LoRA on the query and value slices of a fused projection, which PEFT has not; the
    // counts are those of separate projections.
    [Fact]
    public void LitGPT_counts_slices_of_a_fused_projection_as_projections_of_their_own()
    {
        Assert.Equal(2_097_152, 16L * 2 * 8 * (4096 + 4096));
        Assert.Equal(4_194_304, AdapterBuilder.Build(AdapterCase.ModelOf("llama-2-7b"), Lora(8, "q_proj", "v_proj")).TrainableParameters);
        Assert.Equal(12_042_240, 60L * 8 * (8192 + 8192 + 8192 + (8 * 64)));
        Assert.Equal(
            60L * 8 * (8192 + 8192 + (2 * 8 * 64)),
            AdapterBuilder.Build(AdapterCase.ModelOf("falcon-40b"), Lora(8, "query_key_value")).TrainableParameters);
    }

    private static string[] All { get; } = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"];

    private static LlmModel Stored(string name, string format)
    {
        return ((QuantizationScheme)WeightFormats.All.Find(format)).Quantize(AdapterCase.ModelOf(name));
    }

    private static AdapterSpecification Lora(int rank, params string[] modules)
    {
        return new AdapterSpecification { Rank = rank, TargetModules = modules };
    }
}
