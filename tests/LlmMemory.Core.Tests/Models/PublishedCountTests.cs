using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using LlmMemory.Models;
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

    /// <summary>Rows whose total leaves the module for multi-token prediction out although the configuration has one.</summary>
    private static readonly string[] WithoutMtp = ["deepseek-ai/DeepSeek-V3"];

    public static TheoryData<string> Models => [.. Counts.Select(count => count.Model)];

    [Theory]
    [MemberData(nameof(Models))]
    public void It_has_the_published_count(string name)
    {
        var count = Counts.Single(row => row.Model == name);

        var model = count.ReadModel();

        Assert.Equal(count.Text, model.TextParameters);
        Assert.Equal(count.Mtp, WithoutMtp.Contains(name) ? 0 : model.MtpParameters);
        Assert.Equal(count.Vision, model.VisionParameters);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_tensor_has_a_name_of_its_own(string name)
    {
        var model = Counts.Single(row => row.Model == name).ReadModel();

        Assert.Equal(model.Tensors.Count, model.Tensors.Select(tensor => tensor.Name).Distinct().Count());
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

        // A configuration without the tower's part describes the language model alone.
        public LlmModel ReadModel()
        {
            return ModelReader.FromConfig(Config, new ModelReadingOptions { TextOnly = Vision == 0 });
        }

        private static PublishedCount Read(string[] fields)
        {
            var config = ReadConfig(FileName(fields[0]));

            // A configuration of the language model alone says nothing of the towers.
            var vision = JsonNode.Parse(config)!.AsObject().ContainsKey("vision_config") ? Number(fields[3]) : 0;
            return new PublishedCount(fields[0], Number(fields[1]), Number(fields[2]), vision, config);
        }

        // The reduced configurations of some mixtures leave out how many experts a token passes; no count here depends on it.
        private static string ReadConfig(string file)
        {
            var config = JsonNode.Parse(File.ReadAllText(ReferenceData.Carried("configs", file)))!.AsObject();
            config.TryAdd("num_experts_per_tok", 1);
            return config.ToJsonString();
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
