namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>What tensors take, rounded up as each kind of device has it.</summary>
/// <param name="OnHost">In host memory.</param>
/// <param name="OnGpu">On a GPU.</param>
internal readonly record struct TensorSize(long OnHost, long OnGpu)
{
    /// <summary>Both together.</summary>
    public static TensorSize operator +(TensorSize left, TensorSize right)
    {
        return new TensorSize(left.OnHost + right.OnHost, left.OnGpu + right.OnGpu);
    }
}
