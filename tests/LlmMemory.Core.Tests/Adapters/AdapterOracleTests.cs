using System.Globalization;
using System.IO;
using System.Linq;
using LlmMemory.Adapters;
using LlmMemory.Models;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Adapters;

/// <summary>2,000 LoRA counts of the reference oracle, which knows dimensions and no tensors.</summary>
public sealed class AdapterOracleTests
{
    private static readonly string[] Modules =
        ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "lm_head", "embed_tokens"];

    [Fact]
    public void Two_thousand_counts_are_those_of_the_oracle()
    {
        var lines = File.ReadLines(ReferenceData.Carried("adapters", "oracle.csv")).Where(line => !line.StartsWith('#')).ToList();
        var models = lines.Where(line => line.StartsWith("model,", System.StringComparison.Ordinal)).Select(Model).ToList();
        var cases = lines.Skip(models.Count).Select(line => line.Split(',').Select(Long).ToArray()).ToList();

        Assert.Equal(2000, cases.Count);
        Assert.All(cases, numbers => Assert.Equal(numbers[3], Count(models[(int)numbers[0]], (int)numbers[1], numbers[2])));
    }

    private static long Count(LlmModel model, int rank, long bits)
    {
        var modules = Modules.Where((_, index) => (bits >> index & 1) == 1).ToList();
        return AdapterBuilder.Build(model, new AdapterSpecification { Rank = rank, TargetModules = modules }).TrainableParameters;
    }

    private static LlmModel Model(string line)
    {
        var n = line.Split(',').Skip(1).Select(Long).ToList();
        return ModelReader.FromConfig(string.Format(
            CultureInfo.InvariantCulture,
            "{{\"model_type\":\"llama\",\"hidden_size\":{0},\"intermediate_size\":{1},\"num_attention_heads\":{2},\"num_key_value_heads\":{3},"
            + "\"head_dim\":{4},\"num_hidden_layers\":{5},\"vocab_size\":{6},\"tie_word_embeddings\":{7}}}",
            n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[0] % 3 == 0 ? "true" : "false"));
    }

    private static long Long(string text)
    {
        return long.Parse(text, CultureInfo.InvariantCulture);
    }
}
