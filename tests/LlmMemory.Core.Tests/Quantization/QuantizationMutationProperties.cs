using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.Errors;
using LlmMemory.Models.Reading;

namespace LlmMemory.Core.Tests.Quantization;

/// <summary>Whatever stands in a quantization_config: the model is read, or refused with a sentence of the engine's own.</summary>
[Properties(Arbitrary = [typeof(QuantizationMutationProperties)], MaxTest = 1_500)]
public sealed class QuantizationMutationProperties
{
    private static readonly long PlainParameters = ModelReader.FromConfig(QuantizedConfigs.TinyMixture).Parameters;

    private static readonly string[] Values =
    [
        "null", "0", "-1", "1", "3", "16", "64", "1000000007", "9007199254740993", "-9223372036854775808", "1e300", "true", "\"\"", "\"x\"",
        "\"re:.*\"", "\"*\"", "\"int4\"", "[]", "[0,0]", "[[\"q_proj\"]]", "{}", "{\"bits\": 4}", "[\"*\", \"re:^$\", \"\"]",
    ];

    /// <summary>A quantization_config of which some values are others.</summary>
    public sealed record Mutated(string Json);

    public static Arbitrary<Mutated> Mutations()
    {
        var method = Gen.Elements<string>([.. QuantizationMethodTests.Methods.Select(row => (string)row[0])]);
        var change = from at in Gen.Choose(0, 1_000) from value in Gen.Elements(Values) select (at, value);
        return (from json in method from changes in change.ArrayOf(2) select new Mutated(Apply(json, changes))).ToArbitrary();
    }

    [Property]
    public bool A_quantisation_is_read_or_refused(Mutated mutated)
    {
        try
        {
            // Storing weights otherwise makes none and loses none.
            return ModelReader.FromConfig(QuantizedConfigs.TinyMixture.With(mutated.Json)).Parameters == PlainParameters;
        }
        catch (LlmMemoryException refusal)
        {
            return refusal.Message.Length is > 20 and < 1_000 && refusal.ErrorId.Length > 0;
        }
    }

    private static string Apply(string json, (int At, string Value)[] changes)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var (at, value) in changes)
        {
            var places = Places(root).ToList();
            if (places.Count > 0)
            {
                var (parent, name) = places[at % places.Count];
                parent[name] = JsonNode.Parse(value);
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<(JsonObject Parent, string Name)> Places(JsonNode? node)
    {
        return node is not JsonObject parent
            ? []
            : parent.SelectMany(member => Places(member.Value).Prepend((parent, member.Key)));
    }
}
