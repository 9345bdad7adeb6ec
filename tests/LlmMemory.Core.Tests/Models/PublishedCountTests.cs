using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;
using Xunit;

namespace LlmMemory.Core.Tests.Models;

/// <summary>
/// Every model of Data/parameter-counts.csv, from the dimensions of its configuration in Data/configs. Each count of
/// the file adds up, to the last digit, to the total that the hub publishes for the model.
/// </summary>
public sealed class PublishedCountTests
{
    private static readonly IReadOnlyList<PublishedCount> Counts = PublishedCount.ReadAll();

    /// <summary>Models of families that the engine does not know. A family that is added takes its models from here.</summary>
    private static readonly string[] Unknown =
    [
        "Qwen/Qwen3-235B-A22B",
        "Qwen/Qwen3-Next-80B-A3B-Instruct",
        "Qwen/Qwen3.5-35B-A3B",
        "google/gemma-2-9b-it",
        "google/gemma-3-27b-it",
        "microsoft/phi-2",
        "bigcode/starcoder2-7b",
        "tiiuae/falcon-7b-instruct",
        "bigscience/bloom",
        "gpt2",
        "peft-internal-testing/opt-125m",
        "mistralai/Mixtral-8x7B-Instruct-v0.1",
        "inclusionAI/Ling-lite",
        "rednote-hilab/dots.llm1.inst",
        "baidu/ERNIE-4.5-300B-A47B",
        "deepseek-ai/DeepSeek-V3",
        "openai/gpt-oss-120b",
        "zai-org/GLM-4.5-Air",
        "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
        "nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B",
        "deepseek-ai/DeepSeek-V3 (whole HF checkpoint)",
    ];

    public static TheoryData<string> KnownModels => [.. Counts.Select(count => count.Model).Except(Unknown)];

    public static TheoryData<string> UnknownModels => [.. Unknown];

    [Theory]
    [MemberData(nameof(KnownModels))]
    public void It_has_the_published_count(string name)
    {
        var count = Counts.Single(row => row.Model == name);

        var model = ModelReader.FromConfig(count.Config);

        Assert.Equal(count.Text, model.TextParameters);
        Assert.Equal(count.Mtp, model.MtpParameters);
        Assert.Equal(count.Vision, model.VisionParameters);
        Assert.Equal(count.Text + count.Mtp + count.Vision, model.Parameters);
    }

    [Theory]
    [MemberData(nameof(KnownModels))]
    public void Every_tensor_has_a_name_of_its_own(string name)
    {
        var model = ModelReader.FromConfig(Counts.Single(row => row.Model == name).Config);

        Assert.Equal(model.Tensors.Count, model.Tensors.Select(tensor => tensor.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(UnknownModels))]
    public void A_model_of_an_unknown_family_is_refused(string name)
    {
        var count = Counts.Single(row => row.Model == name);

        var error = Assert.Throws<LlmMemoryException>(() => ModelReader.FromConfig(count.Config));

        Assert.Contains(error.ErrorId, new[] { ErrorIds.ArchitectureUnknown, ErrorIds.ModelPartUnknown, ErrorIds.ConfigFieldInvalid });
    }

    /// <summary>A row of the file, with the configuration that it is counted from.</summary>
    private sealed record PublishedCount(string Model, long Text, long Mtp, long Vision, string Config)
    {
        public static IReadOnlyList<PublishedCount> ReadAll()
        {
            // Rows of bytes are no counts; in the others, commas stand in the last field only.
            return
            [
                .. File.ReadLines(ReferenceData.Carried("parameter-counts.csv"))
                    .Skip(1)
                    .Where(line => !line.Contains("BYTES: ", System.StringComparison.Ordinal))
                    .Select(line => Read(line.Split(','))),
            ];
        }

        private static PublishedCount Read(string[] fields)
        {
            var config = File.ReadAllText(ReferenceData.Carried("configs", FileName(fields[0])));

            // A configuration of the language model alone says nothing of the towers.
            var vision = JsonNode.Parse(config)!.AsObject().ContainsKey("vision_config") ? Number(fields[3]) : 0;
            return new PublishedCount(fields[0], Number(fields[1]), Number(fields[2]), vision, config);
        }

        // What stands in brackets after the repository says what the row is about.
        private static string FileName(string model)
        {
            return model.Split(' ')[0].Replace("/", "--", System.StringComparison.Ordinal) + ".json";
        }

        private static long Number(string text)
        {
            return long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
