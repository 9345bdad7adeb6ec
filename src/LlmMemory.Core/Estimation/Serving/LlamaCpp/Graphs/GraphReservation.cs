using LlmMemory.Estimation.Serving.Ggml;
using LlmMemory.Estimation.Serving.LlamaCpp.Compute;

namespace LlmMemory.Estimation.Serving.LlamaCpp.Graphs;

/// <summary>
/// The buffers that a graph needs: planned on the host alone, or split over host and GPUs. Source:
/// ggml-org/llama.cpp v0.5.0, ggml/src/ggml-backend.cpp (ggml_backend_sched_reserve_size) and src/llama-context.cpp. This is llama.cpp's forecast,
/// which forgets the devices that some operations are forced to (graph_get_cb, build_attn_mha): a run over several GPUs
/// may need less on all but the first.
/// </summary>
internal static class GraphReservation
{
    // GGML_SCHED_MAX_COPIES: so many batches are under way at once over several GPUs.
    private const int PipelineCopies = 4;

    /// <summary>Plans the buffers; null where layers were left out that would have made a difference.</summary>
    /// <param name="scope">The graph; it cannot be planned twice.</param>
    /// <param name="request">What is asked.</param>
    public static DeviceBytes? Of(GraphScope scope, ComputeRequest request)
    {
        var buffers = new BufferPlan[request.Settings.DeviceCount + 1];
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = i == 0 ? BufferPlan.OnHost() : BufferPlan.OnGpu();
        }

        var scheduled = GraphScheduler.Schedule(scope.Graph, ScheduleOf(request), buffers);
        var rounds = new BufferRounds(buffers);
        GraphAllocator.Allocate(scheduled.Inputs, scheduled.Steps, rounds);
        if (scope.Repeated is not null && !rounds.AreAlike)
        {
            return null;
        }

        var bytes = new DeviceBytes(request.Settings.DeviceCount);
        for (var i = 0; i < buffers.Length; i++)
        {
            bytes.Add(i - 1, buffers[i].Peak);
        }

        return bytes;
    }

    private static GraphSchedule ScheduleOf(ComputeRequest request)
    {
        var (settings, placement) = (request.Settings, request.Placement);
        return new GraphSchedule
        {
            Gpus = placement.GpuCount == 0 ? 0 : settings.DeviceCount,
            OffloadTo = settings.OpOffload && placement.GpuCount > 0 ? placement.FirstGpu : null,
            Copies = IsPipelined(request) ? PipelineCopies : 1,
            Fuses = settings.CudaFusion,
        };
    }

    // src/llama-context.cpp (constructor).
    private static bool IsPipelined(ComputeRequest request)
    {
        var (settings, placement) = (request.Settings, request.Placement);
        var hasRules = settings.CpuMoe || settings.CpuMoeLayers > 0 || settings.TensorOverrides.Count > 0;
        return placement.GpuCount > 1 && placement.IsFull && settings.KvOffload && !hasRules
            && settings.SplitMode == LlamaCppSplitMode.Layer;
    }
}
