using System.Collections.Generic;
using LlmMemory.DataTypes;
using static LlmMemory.DataTypes.GgufDataTypes;

namespace LlmMemory.Quantization.Gguf;

/// <summary>
/// The mixtures of llama-quantize, by the names that it knows them by. Source: ggml-org/llama.cpp,
/// tools/quantize/quantize.cpp (QUANT_OPTIONS) for the names, src/llama-quant.cpp for the rules.
/// </summary>
public static class GgufMixtures
{
    /// <summary>All of them, from the largest to the smallest kind of type.</summary>
    public static IReadOnlyList<QuantizationScheme> All { get; } =
    [
        Plain("GGUF-F32", DataTypeCatalogue.F32),
        Plain("GGUF-F16", DataTypeCatalogue.F16),
        Plain("GGUF-BF16", DataTypeCatalogue.BF16),
        Mix("Q8_0", new() { Default = Q8_0, Output = Q8_0 }),
        Mix("Q6_K", new() { Default = Q6_K }),
        Mix(
            "Q5_K_M",
            new()
            {
                Default = Q5_K,
                AttentionValue = place => place.HasMoreBits ? Q6_K : null,
                FeedForwardDown = place => place.HasMoreBits ? Q6_K : null,
            },
            "Q5_K"),
        Mix("Q5_K_S", new() { Default = Q5_K }),
        Mix("Q5_1", new() { Default = Q5_1 }),
        Mix("Q5_0", new() { Default = Q5_0 }),
        MixWithMatrix("Q5_0_IMATRIX", new() { Default = Q5_0, FeedForwardDown = place => place.IsInFirst(8) ? Q5_1 : null }),
        Mix(
            "Q4_K_M",
            new()
            {
                Default = Q4_K,
                AttentionValue = place => place.HasMoreBits ? Q6_K : null,
                AttentionOutput = place => AttentionOutput(place, Q5_K, null),
                FeedForwardDown = DownOfQ4KM,
            },
            "Q4_K"),
        Mix(
            "Q4_K_S",
            new()
            {
                Default = Q4_K,
                AttentionValue = place => place.Index < 4 ? Q5_K : null,
                AttentionOutput = place => AttentionOutput(place, Q5_K, null),
                FeedForwardDown = place => !place.Model.IsFalcon && place.IsInFirst(8) ? Q5_K : null,
            }),
        Mix("Q4_1", new() { Default = Q4_1 }),
        Mix("Q4_0", new() { Default = Q4_0 }),
        MixWithMatrix("Q4_0_IMATRIX", new() { Default = Q4_0, FeedForwardDown = place => place.IsInFirst(8) ? Q4_1 : null }),
        Mix("IQ4_NL", NonLinear(IQ4_NL)),
        MixWithMatrix("IQ4_NL_IMATRIX", NonLinear(IQ4_NL)),
        Mix("IQ4_XS", NonLinear(IQ4_XS)),
        MixWithMatrix("IQ4_XS_IMATRIX", NonLinear(IQ4_XS)),
        new GgufMixture(
            "MXFP4_MOE",
            "GGUF mixture, experts in MXFP4, the rest in Q8_0",
            new() { Default = Q8_0, Output = Q8_0, Experts = MXFP4 }),
        Mix(
            "Q3_K_L",
            new()
            {
                Default = Q3_K,
                AttentionValue = _ => Q5_K,
                AttentionOutput = place => place.Model.IsFalcon ? Q4_K : AttentionOutput(place, null, Q5_K),
                FeedForwardDown = place => place.Model.IsFalcon ? Q4_K : Q5_K,
            }),
        Mix(
            "Q3_K_M",
            new()
            {
                Default = Q3_K,
                AttentionValue = place => place.Index < 2 ? Q5_K : Q4_K,
                AttentionOutput = place => AttentionOutput(place, Q5_K, Q4_K),
                FeedForwardDown = place => place.IsInFirst(16) ? Q5_K : !place.Model.IsFalcon || place.HasMoreBits ? Q4_K : null,
            },
            "Q3_K"),
        Mix("Q3_K_S", new() { Default = Q3_K, AttentionOutput = place => AttentionOutput(place, Q5_K, null) }),
        Mix(
            "IQ3_M",
            new()
            {
                Default = IQ3_S,
                AttentionValue = _ => Q4_K,
                AttentionOutput = place => AttentionOutput(place, Q5_K, Q4_K),
                FeedForwardDown = place =>
                    place.IsInFirst(8) || (place.Model.HasEightExperts && place.HasMoreBits) ? Q4_K : null,
            }),
        Mix(
            "IQ3_S",
            new()
            {
                Default = IQ3_S,
                AttentionValue = place => place.Model.HasSmallValues ? Q4_K : null,
                AttentionOutput = place => AttentionOutput(place, Q5_K, null),
            }),
        MixWithMatrix(
            "IQ3_XS",
            new()
            {
                Default = IQ3_S,
                AttentionQuery = _ => IQ3_XXS,
                AttentionKey = _ => IQ3_XXS,
                AttentionValue = place => place.Model.HasSmallValues ? Q4_K : null,
                AttentionOutput = place => AttentionOutput(place, Q5_K, null),
                FeedForwardGateUp = place => place.IsInTheMiddle ? IQ3_XXS : null,
            }),
        MixWithMatrix(
            "IQ3_XXS",
            new()
            {
                Default = IQ3_XXS,
                Output = Q5_K,
                Embedding = IQ3_S,
                AttentionQuery = _ => IQ2_S,
                AttentionKey = _ => IQ2_S,
                AttentionValue = place => place.Model.HasSmallValues ? Q4_K : null,
                AttentionOutput = place => AttentionOutput(place, Q5_K, IQ3_S),
            }),
        Mix(
            "Q2_K",
            new()
            {
                Default = Q2_K,
                AttentionValue = place => place.Model.HasSmallValues ? Q4_K : Q3_K,
                AttentionOutput = place => AttentionOutput(place, Q5_K, Q3_K),
                FeedForwardDown = _ => Q3_K,
            }),
        MixWithMatrix(
            "Q2_K_S",
            new()
            {
                Default = Q2_K,
                AttentionValue = place => place.Model.HasSmallValues ? Q4_K : null,
                FeedForwardDown = place => place.IsInFirst(8) ? Q4_K : null,
            }),
        MixWithMatrix("IQ2_M", Lowest(IQ2_S, IQ3_S, IQ3_S)),
        MixWithMatrix("IQ2_S", Lowest(IQ2_XS, IQ3_S, IQ3_S)),
        MixWithMatrix("IQ2_XS", Lowest(IQ2_XS, Q2_K, null)),
        MixWithMatrix("IQ2_XXS", Lowest(IQ2_XXS, Q2_K, null)),
        MixWithMatrix("IQ1_M", Lowest(IQ1_M, Q2_K, IQ2_XXS)),
        MixWithMatrix("IQ1_S", Lowest(IQ1_S, Q2_K, IQ2_XXS)),
        Mix("TQ2_0", new() { Default = TQ2_0, Embedding = Q4_K }),
        Mix("TQ1_0", new() { Default = TQ1_0, Embedding = Q4_K }),
        Mix("Q2_0", new() { Default = Q2_0, Embedding = Q4_K }),
        Mix("Q1_0", new() { Default = Q1_0 }),
    ];

    private static GgufMixture Plain(string name, DataType dataType)
    {
        return new GgufMixture(name, $"GGUF as it is converted, weights in {dataType}", new() { Default = dataType });
    }

    private static GgufMixture Mix(string name, GgufMixtureRules rules, params string[] aliases)
    {
        return new GgufMixture(name, $"GGUF mixture, mostly {rules.Default}", rules, aliases: aliases);
    }

    private static GgufMixture MixWithMatrix(string name, GgufMixtureRules rules)
    {
        return new GgufMixture(
            name, $"GGUF mixture, mostly {rules.Default}, made with an importance matrix", rules, hasImportanceMatrix: true);
    }

    private static GgufMixtureRules NonLinear(DataType dataType)
    {
        return new()
        {
            Default = dataType,
            AttentionValue = place => place.Model.HasSmallValues ? Q5_K : null,
            AttentionOutput = place => AttentionOutput(place, Q5_K, null),
            FeedForwardDown = place => place.IsInFirst(8) && !place.HasImportanceMatrix ? Q5_K : null,
        };
    }

    /// <summary>The mixtures below three bits have rules of their own for models of several experts.</summary>
    private static GgufMixtureRules Lowest(DataType dataType, DataType better, DataType? attentionOutput)
    {
        return new()
        {
            Default = dataType,
            Output = Q5_K,
            Embedding = better,
            AttentionKey = place => place.Model.HasEightExperts ? Q4_K : null,
            AttentionValue = place => place.Model.HasSmallValues || place.Model.Experts >= 4 ? Q4_K : better,
            AttentionOutput = place => place.Model.HasEightExperts ? Q5_K : attentionOutput,
            FeedForwardDown = place => place.IsInFirst(8) ? better : null,
            HasShapeRules = false,
            CountsDownProjections = true,
        };
    }

    private static DataType? AttentionOutput(GgufTensorPlace place, DataType? ofEightExperts, DataType? ofOthers)
    {
        return place.Model.IsFalcon ? null : place.Model.HasEightExperts ? ofEightExperts : ofOthers;
    }

    private static DataType? DownOfQ4KM(GgufTensorPlace place)
    {
        if (!place.Model.IsFalcon)
        {
            return place.HasMoreBits ? Q6_K : null;
        }

        return place.IsInFirst(16) ? Q6_K : place.HasMoreBits ? Q5_K : null;
    }
}
