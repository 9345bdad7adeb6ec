namespace LlmMemory.Estimation.Serving.Ggml;

/// <summary>What an operation says about memory.</summary>
internal static class GraphOperationRules
{
    /// <summary>
    /// True where the result may take the place of an operand that dies there. Source: ggml-org/llama.cpp v0.5.0,
    /// ggml/src/ggml-alloc.c (ggml_op_can_inplace).
    /// </summary>
    /// <param name="operation">The operation.</param>
    public static bool CanReplaceOperand(this GraphOperation operation)
    {
        return operation is >= GraphOperation.Add and <= GraphOperation.SoftMax;
    }

    /// <summary>True where nothing is computed (ggml/src/ggml-backend.cpp, ggml_is_view_op).</summary>
    /// <param name="operation">The operation.</param>
    public static bool IsViewOnly(this GraphOperation operation)
    {
        return operation <= GraphOperation.Permute;
    }
}
