using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
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
    public static TheoryData<string> Models => [.. Counts.Select(count => count.Model)];

    [Theory]
    [MemberData(nameof(Models))]
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
    [MemberData(nameof(Models))]
    public void Every_tensor_has_a_name_of_its_own(string name)
    {
        var model = ModelReader.FromConfig(Counts.Single(row => row.Model == name).Config);

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

        private static PublishedCount Read(string[] fields)
        {
            var config = JsonNode.Parse(File.ReadAllText(ReferenceData.Carried("configs", FileName(fields[0]))))!.AsObject();

            // The dimensions alone are carried: the total does not depend on how many experts a token passes.
            config.TryAdd(config.ContainsKey("moe_num_experts") ? "moe_k" : "num_experts_per_tok", 1);
            if (Number(fields[2]) > 0)
            {
                config.TryAdd("num_nextn_predict_layers", 1);
            }

            // A configuration of the language model alone says nothing of the towers.
            var vision = config.ContainsKey("vision_config") ? Number(fields[3]) : 0;
            return new PublishedCount(fields[0], Number(fields[1]), Number(fields[2]), vision, config.ToJsonString());
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
