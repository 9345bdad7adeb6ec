namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// DeepSpeed's estimators without offload: deepspeedai/DeepSpeed deepspeed/runtime/zero/stage_1_and_2.py @7dee2e0
/// (estimate_zero2_model_states_mem_needs) and
/// stage3.py @007cca6 (estimate_zero3_model_states_mem_needs). They are of states alone, and say so.
/// </summary>
internal static class DeepSpeedEstimator
{
    public static double ZeroTwo(PeerShape shape, int gpus)
    {
        return (2d * shape.Parameters) + (18d * shape.Parameters / gpus);
    }

    public static double ZeroThree(PeerShape shape, int gpus)
    {
        return (4d * shape.LargestTensor) + (18d * shape.Parameters / gpus);
    }
}
