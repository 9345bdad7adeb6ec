using System.Globalization;
using LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Compute;

/// <summary>
/// The way to compute buffers whose graph is emulated, operation by operation. Source: ggml-org/llama.cpp v0.5.0,
/// src/llama-context.cpp (sched_reserve, graph_reserve).
/// </summary>
internal static class EmulatedCompute
{
    /// <summary>The buffers; null where the graph of the architecture, or its split over devices, is not known.</summary>
    /// <param name="request">What is asked.</param>
    public static ComputeBuffers? Of(ComputeRequest request)
    {
        if (GraphCatalogue.Find(request.Model.Architecture) is not { } entry)
        {
            return null;
        }

        var repeated = RepeatedLayers.Find(request, entry.Step);
        return (repeated is null ? null : Plan(request, entry, repeated)) ?? Plan(request, entry, null);
    }

    private static ComputeBuffers? Plan(ComputeRequest request, GraphEntry entry, RepeatedLayers? repeated)
    {
        var scope = new GraphScope(request, repeated);
        entry.Start(scope).Build();
        return scope.Weights.AreComplete && GraphReservation.Of(scope, request) is { } bytes
            ? new ComputeBuffers(bytes, ComputeMethod.Emulated, _ => Formula(request))
            : null;
    }

    private static string Formula(ComputeRequest request)
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "planned graph of {0}: {1} tokens at a time, {2} of them with logits, each placed as ggml does",
            request.Model.Architecture,
            request.Tokens,
            request.Context.Outputs);
    }
}
